type Attributes = Readonly<Record<string, string | number>>;

/** A drawn element with its attributes and what is in it. */
export function svg(
  name: string,
  attributes: Attributes,
  ...children: readonly (SVGElement | string)[]
): SVGElement {
  const element = document.createElementNS('http://www.w3.org/2000/svg', name);
  for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, String(value));
  element.append(...children);
  return element;
}
