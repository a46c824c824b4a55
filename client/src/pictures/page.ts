/// <reference lib="dom" />
/// <reference lib="dom.iterable" />
import mermaid from 'mermaid';
import type { PatternPicture, PicturePageMessage, ShowPicturesMessage } from '../../../protocol/pictures.ts';

// The page of the panel: it draws what it is told, with the colours of the editor, and says which line was asked for.

declare function acquireVsCodeApi(): { postMessage(message: PicturePageMessage): void };

const editor = acquireVsCodeApi();
const choice = element('use') as HTMLSelectElement;
let shown: ShowPicturesMessage = { pictures: [], use: null };
/** Counts the drawings, so that a slow one does not replace a later one. */
let drawing = 0;

window.addEventListener('message', ({ data }: MessageEvent<ShowPicturesMessage>) => {
  const before = shown.pictures[choice.selectedIndex]?.name;
  shown = data;
  const wanted = data.use ?? before;
  choice.replaceChildren(...data.pictures.map(({ name }) => new Option(name)));
  choice.selectedIndex = Math.max(
    0,
    data.pictures.findIndex(({ name }) => name === wanted),
  );
  choice.hidden = data.pictures.length < 2;
  void draw();
});
choice.addEventListener('change', () => void draw());
// The editor changes the classes of the body with its theme.
new MutationObserver(() => void draw()).observe(document.body, { attributes: true, attributeFilter: ['class'] });
editor.postMessage({ kind: 'ready' });

async function draw(): Promise<void> {
  const own = ++drawing;
  const picture = shown.pictures[choice.selectedIndex];
  const [title, drawn, lines] = [element('title'), element('drawing'), element('lines')];
  title.textContent = picture
    ? `${picture.title}: ${picture.name}`
    : 'The workspace does not use this pattern any more.';
  lines.replaceChildren(...(picture?.nodes ?? []).flatMap(lineOf));
  if (!picture) return drawn.replaceChildren();
  try {
    mermaid.initialize(settings());
    const { svg } = await mermaid.render(`picture${own}`, picture.mermaid);
    if (own !== drawing) return;
    drawn.innerHTML = svg;
    drawn.dataset['theme'] = document.body.className;
    describe(drawn, picture);
  } catch (error) {
    drawn.replaceChildren(sketch(picture));
    editor.postMessage({ kind: 'failed', message: error instanceof Error ? error.message : String(error) });
  }
}

/** Mermaid's neutral theme in the editor's own colours. Nothing of a name is read as HTML. */
function settings(): Parameters<typeof mermaid.initialize>[0] {
  const style = getComputedStyle(document.body);
  const colour = (name: string, otherwise: string): string => style.getPropertyValue(name).trim() || otherwise;
  const text = colour('--vscode-editor-foreground', '#333333');
  const background = colour('--vscode-editor-background', '#ffffff');
  const line = colour('--vscode-editorLineNumber-activeForeground', text);
  return {
    startOnLoad: false,
    securityLevel: 'strict',
    theme: 'base',
    htmlLabels: false,
    layout: 'dagre',
    look: 'classic',
    fontFamily: style.fontFamily,
    themeVariables: {
      background,
      primaryColor: colour('--vscode-editorWidget-background', background),
      primaryTextColor: text,
      primaryBorderColor: colour('--vscode-contrastBorder', colour('--vscode-editorWidget-border', line)),
      lineColor: line,
      textColor: text,
      edgeLabelBackground: background,
      fontSize: style.fontSize,
    },
    flowchart: { useMaxWidth: true, curve: 'basis' },
  };
}

/** Makes each box that stands for a line a link of its own, for mouse, keyboard and screen reader. */
function describe(drawn: HTMLElement, picture: PatternPicture): void {
  const image = drawn.querySelector('svg');
  image?.setAttribute('role', 'group');
  image?.setAttribute('aria-label', picture.sketch);
  for (const { id, location, text } of picture.nodes) {
    const box = [...drawn.querySelectorAll<SVGGElement>('g.node')].find(
      (candidate) => candidate.dataset['id'] === id || new RegExp(`(?:^|-)flowchart-${id}-\\d+$`).test(candidate.id),
    );
    if (!box || !location) continue;
    box.classList.add('link');
    box.setAttribute('role', 'link');
    box.setAttribute('tabindex', '0');
    box.setAttribute('aria-label', text.replaceAll('\n', ', '));
    const open = (): void => editor.postMessage({ kind: 'open', location });
    box.addEventListener('click', open);
    box.addEventListener('keydown', (event) => {
      if (event.key !== 'Enter' && event.key !== ' ') return;
      event.preventDefault();
      open();
    });
  }
}

function lineOf({ location, text }: PatternPicture['nodes'][number]): HTMLElement[] {
  if (!location) return [];
  const button = document.createElement('button');
  const file = decodeURIComponent(location.uri.split('/').at(-1) ?? '');
  button.textContent = `${text.replaceAll('\n', ', ')} (${file}:${location.range.start.line + 1})`;
  button.addEventListener('click', () => editor.postMessage({ kind: 'open', location }));
  const item = document.createElement('li');
  item.append(button);
  return [item];
}

function sketch(picture: PatternPicture): HTMLElement {
  const text = document.createElement('pre');
  text.textContent = picture.sketch;
  return text;
}

function element(id: string): HTMLElement {
  const found = document.getElementById(id);
  if (!found) throw new Error(`The page has no '${id}'.`);
  return found;
}
