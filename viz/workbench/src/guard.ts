import type { Tab } from "./yasgui";

const checks = new WeakMap<Tab, () => Promise<boolean>>();

/** Let nothing of a tab run, whichever button or key asks for it, before this says so. */
export function guard(tab: Tab, check: () => Promise<boolean>): void {
  const query = tab.query.bind(tab);
  checks.set(tab, check);
  tab.query = async () => ((await check()) ? query() : undefined);
}

/** Whether a tab's query is what its fields say; where one of them is wrong, the person has been told. */
export async function isReady(tab: Tab): Promise<boolean> {
  return (await checks.get(tab)?.()) ?? true;
}
