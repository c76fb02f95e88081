const drawn = [
  'fill',
  'stroke',
  'color',
  'font-family',
  'font-size',
  'font-weight',
  'font-variant-numeric',
] as const;

/** A plot as a file of its own: colours and fonts as they are on the page, on the page's background. */
export function standaloneSvg(svg: SVGSVGElement): string {
  const copy = svg.cloneNode(true) as SVGSVGElement;
  const live = [svg, ...svg.querySelectorAll('*')];
  [copy, ...copy.querySelectorAll('*')].forEach((element, i) => {
    const source = live[i];
    if (!source || !(element instanceof SVGElement)) return;
    const style = getComputedStyle(source);
    for (const property of drawn) element.style.setProperty(property, style.getPropertyValue(property));
  });
  for (const passing of copy.querySelectorAll('.probe')) passing.remove();
  copy.setAttribute('xmlns', 'http://www.w3.org/2000/svg');
  const background = document.createElementNS('http://www.w3.org/2000/svg', 'rect');
  background.setAttribute('width', '100%');
  background.setAttribute('height', '100%');
  background.setAttribute('fill', getComputedStyle(svg.closest('.panel') ?? document.body).backgroundColor);
  copy.prepend(background);
  return new XMLSerializer().serializeToString(copy);
}

const pixelRatio = 2;

/** The same as a PNG, sharp on a slide. */
export async function pngOf(svg: SVGSVGElement): Promise<Blob> {
  const url = URL.createObjectURL(new Blob([standaloneSvg(svg)], { type: 'image/svg+xml' }));
  try {
    const image = new Image();
    image.src = url;
    await image.decode();
    const canvas = document.createElement('canvas');
    canvas.width = svg.width.baseVal.value * pixelRatio;
    canvas.height = svg.height.baseVal.value * pixelRatio;
    const context = canvas.getContext('2d');
    if (!context) throw new Error('This browser cannot draw an image.');
    context.drawImage(image, 0, 0, canvas.width, canvas.height);
    return await new Promise((made, failed) => {
      canvas.toBlob((blob) =>
        blob ? made(blob) : failed(new Error('This browser cannot write a PNG file.')),
      );
    });
  } finally {
    URL.revokeObjectURL(url);
  }
}
