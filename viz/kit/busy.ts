const going = new WeakMap<Element, number>();

/** Say of an element (`aria-busy`) that it is not all there yet, until this work and all other work told of it has ended. */
export async function busy<T>(element: Element, work: Promise<T>): Promise<T> {
  going.set(element, (going.get(element) ?? 0) + 1);
  element.setAttribute("aria-busy", "true");
  try {
    return await work;
  } finally {
    const left = (going.get(element) ?? 1) - 1;
    going.set(element, left);
    element.setAttribute("aria-busy", String(left > 0));
  }
}
