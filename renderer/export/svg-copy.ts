/** What the page's style sheets say of drawings: within a picture there are no style sheets. */
const properties = [
  'display',
  'visibility',
  'opacity',
  'fill',
  'fill-opacity',
  'stroke',
  'stroke-width',
  'stroke-opacity',
  'stroke-dasharray',
  'stroke-linecap',
  'stroke-linejoin',
  'shape-rendering',
  'font-family',
  'font-size',
  'font-weight',
  'text-anchor',
] as const;

/**
 * A drawing that looks the same without the page around it: what style sheets say stands as attributes on each
 * element. Elements of another kind than drawings are left out.
 */
export function styledCopy(drawing: SVGSVGElement): SVGSVGElement {
  const copy = drawing.cloneNode(true) as SVGSVGElement;
  const originals = [drawing, ...drawing.querySelectorAll('*')];
  const copies = [copy, ...copy.querySelectorAll('*')];
  for (const [index, original] of originals.entries()) {
    const target = copies[index];
    if (!target) continue;
    if (!(original instanceof SVGElement)) {
      target.remove();
      continue;
    }
    const style = getComputedStyle(original);
    target.removeAttribute('class');
    target.removeAttribute('style');
    for (const property of properties) {
      const value = style.getPropertyValue(property);
      if (value !== '') target.setAttribute(property, value);
    }
  }
  copy.setAttribute('overflow', 'visible');
  return copy;
}
