import { styledCopy } from './svg-copy.ts';

const svgSpace = 'http://www.w3.org/2000/svg';
/** Pixels of the picture to one of the page. */
const scale = 2;
const edge = 16;
const lineHeight = 20;
const titleSize = 15;
const textSize = 12;
/** px of a legend's mark, and between it, its word and the next. */
const mark = { width: 16, gap: 6, after: 18 } as const;

export interface Caption {
  readonly title: string;
  /** The time shown, in words. */
  readonly range: string;
}

interface Drawing {
  readonly svg: SVGSVGElement;
  readonly width: number;
  readonly height: number;
}

/**
 * A drawn chart as a PNG at twice its size, on the ground of the theme it is seen in, with title, time and legend.
 * It goes over a `data:` address, which is what the content security policy allows pictures.
 * @returns base64
 */
export async function pictureOf(figure: HTMLElement, caption: Caption): Promise<string> {
  const { svg, width, height } = draw(figure, caption);
  const image = new Image();
  const text = new XMLSerializer().serializeToString(svg);
  image.src = `data:image/svg+xml;charset=utf-8,${encodeURIComponent(text)}`;
  await image.decode();
  const canvas = document.createElement('canvas');
  canvas.width = width * scale;
  canvas.height = height * scale;
  const context = contextOf(canvas);
  context.drawImage(image, 0, 0, canvas.width, canvas.height);
  const [, base64 = ''] = canvas.toDataURL('image/png').split(',');
  return base64;
}

function contextOf(canvas: HTMLCanvasElement): CanvasRenderingContext2D {
  const context = canvas.getContext('2d');
  if (!context) throw new Error('The browser could not draw the picture.');
  return context;
}

/** The chart's own drawings below a caption. */
function draw(figure: HTMLElement, { title, range }: Caption): Drawing {
  const plots = [...figure.querySelectorAll<SVGSVGElement>('svg.chart-svg, svg.recharts-surface')];
  const boxes = plots.map((plot) => plot.getBoundingClientRect());
  if (boxes.length === 0) throw new Error('The chart is not drawn yet.');
  const left = Math.min(...boxes.map((box) => box.left));
  const top = Math.min(...boxes.map((box) => box.top));
  const width = Math.ceil(Math.max(...boxes.map((box) => box.right)) - left) + 2 * edge;

  const look = lookOf(figure);
  const svg = element('svg', {});
  const ground = element('rect', { fill: look.ground, width });
  svg.append(ground);
  svg.append(words(title, edge, edge + titleSize, { ...look, size: titleSize, weight: 600 }));
  svg.append(
    words(range, edge, edge + titleSize + lineHeight, { ...look, text: look.muted, size: textSize }),
  );
  const legend = drawLegend(figure, look, edge + titleSize + lineHeight * 2, width);
  svg.append(...legend.drawn);
  const begin = legend.bottom + 8;
  for (const [index, plot] of plots.entries()) {
    const box = boxes[index];
    if (!box) continue;
    const copy = styledCopy(plot);
    copy.setAttribute('x', String(box.left - left + edge));
    copy.setAttribute('y', String(box.top - top + begin));
    copy.setAttribute('width', String(box.width));
    copy.setAttribute('height', String(box.height));
    svg.append(copy);
  }
  const height = Math.ceil(Math.max(...boxes.map((box) => box.bottom)) - top + begin + edge);
  ground.setAttribute('height', String(height));
  for (const [name, value] of [
    ['width', width],
    ['height', height],
  ] as const)
    svg.setAttribute(name, String(value));
  return { svg, width, height };
}

interface Look {
  readonly ground: string;
  readonly text: string;
  readonly muted: string;
  readonly font: string;
}

/** The panel's colours and letters, as they are now. */
function lookOf(figure: HTMLElement): Look {
  const {
    backgroundColor: ground,
    color: text,
    fontFamily: font,
  } = getComputedStyle(figure.closest('.panel') ?? figure);
  const tick = figure.querySelector('text.tick');
  return { ground, text, muted: tick ? getComputedStyle(tick).fill : text, font };
}

function element<Name extends 'svg' | 'rect' | 'text' | 'line'>(
  name: Name,
  attributes: Readonly<Record<string, string | number>>,
): SVGElementTagNameMap[Name] {
  const made = document.createElementNS(svgSpace, name);
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, String(value));
  return made;
}

interface Letters extends Look {
  readonly size: number;
  readonly weight?: number;
}

function words(content: string, x: number, y: number, letters: Letters): SVGTextElement {
  const { text: fill, font, size, weight = 400 } = letters;
  const made = element('text', {
    x,
    y,
    fill,
    'font-family': font,
    'font-size': size,
    'font-weight': weight,
  });
  made.textContent = content;
  return made;
}

/** The page's legend, drawn: every word that has a mark before it, without its present value. */
function drawLegend(figure: HTMLElement, look: Look, top: number, width: number) {
  const measure = contextOf(document.createElement('canvas'));
  measure.font = `${textSize}px ${look.font}`;
  const drawn: SVGElement[] = [];
  let x = edge;
  let y = top;
  for (const sign of figure.querySelectorAll('i')) {
    const label = labelOf(sign);
    const style = getComputedStyle(sign);
    if (label === '' || style.display === 'none') continue;
    const room = mark.width + mark.gap + measure.measureText(label).width;
    if (x > edge && x + room > width - edge) {
      x = edge;
      y += lineHeight;
    }
    drawn.push(markOf(style, x, y), words(label, x + mark.width + mark.gap, y, { ...look, size: textSize }));
    x += room + mark.after;
  }
  return { drawn, bottom: drawn.length === 0 ? top - lineHeight : y };
}

function labelOf(sign: Element): string {
  const parts = [...(sign.parentNode?.childNodes ?? [])].filter((node) => node instanceof Text);
  return parts
    .map(({ data }) => data)
    .join(' ')
    .trim();
}

/** A line as it is drawn, or a block for what is stacked. `y`: the foot of the word behind it. */
function markOf(style: CSSStyleDeclaration, x: number, y: number): SVGElement {
  if (Number.parseFloat(style.borderTopWidth) === 0) {
    return element('rect', { x, y: y - 9, width: mark.width, height: 9, fill: style.backgroundColor });
  }
  const dashes: Readonly<Record<string, string>> = { dashed: '5 3', dotted: '1 3', double: '8 2 2 2' };
  const dash = dashes[style.borderTopStyle];
  return element('line', {
    x1: x,
    x2: x + mark.width,
    y1: y - 4,
    y2: y - 4,
    stroke: style.borderTopColor,
    'stroke-width': 2,
    ...(dash !== undefined && { 'stroke-dasharray': dash }),
  });
}
