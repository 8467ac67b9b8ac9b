/** How strong somebody or a tie is beside the strongest, from 0 to 1. Where the strongest has no more than `few` events it is a share of these: few events look like few in every picture. */
export function share(events: number, most: number, few: number): number {
  return events / Math.max(few, most);
}

/** The most events that any of some has. */
export function mostOf(all: readonly { events: number }[]): number {
  return all.reduce((most, { events }) => Math.max(most, events), 0);
}
