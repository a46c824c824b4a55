import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { type Browser, chromium, type Page } from 'playwright-core';
import { picturePage } from '../../client/src/views/picturePage.ts';
import type { PatternPicture, PicturePageMessage } from '../../protocol/pictures.ts';
import { buildProject } from '../../scripts/projectBuild.ts';
import { drawPicture } from '../../server/src/features/pictures/drawPicture.ts';
import { mermaidSource } from '../../server/src/features/pictures/mermaidSource.ts';
import { pictureSketch } from '../../server/src/features/pictures/pictureSketch.ts';
import { readWorkspace } from '../../server/src/host/workspaceFiles.ts';
import { LANGUAGES } from '../../server/src/languages/languages.ts';
import { PATTERNS, PICTURES } from '../../server/src/patterns/registry.generated.ts';
import { type FileChange, World } from '../../server/src/workspace/world.ts';
import { CHROMIUM_ARGUMENTS, ensureChromium } from '../harness/vscode/chromium.ts';
import { eventually } from '../harness/vscode/eventually.ts';

const ROOT = join(import.meta.dirname, '..', '..');
const NONCE = 'n0nce';

const RANGE = { start: { line: 4, character: 2 }, end: { line: 4, character: 9 } };
const BREAKER: PatternPicture = {
  pattern: 'circuit-breaker',
  title: 'Circuit breaker',
  name: 'cart',
  mermaid: mermaidSource({
    direction: 'right',
    nodes: [
      { id: 'closed', text: 'Closed <b>"; alert(1)</b>\n`requests` pass', shape: 'state', tone: 'first' },
      { id: 'open', text: 'Open', shape: 'state' },
      { id: 'gap', text: 'No pool', tone: 'missing' },
    ],
    edges: [{ from: 'closed', to: 'open', text: '5 errors' }],
  }),
  sketch: '[Closed] ─ 5 errors ─▶ [Open]',
  nodes: [
    { id: 'closed', text: 'Closed\nrequests pass', location: { uri: 'file:///shop/cart.yaml', range: RANGE } },
    { id: 'open', text: 'Open', location: { uri: 'file:///shop/cart.yaml', range: RANGE } },
    { id: 'gap', text: 'No pool' },
  ],
};

/** The pictures of every use in the shop. */
async function shopPictures(): Promise<PatternPicture[]> {
  const world = new World(LANGUAGES);
  const changes: FileChange[] = [];
  for await (const found of readWorkspace(join(ROOT, 'examples/shop'), (uri) => world.isOfInterest(uri)))
    if ('text' in found) changes.push(found);
  world.apply(changes);
  const { graph } = world.snapshot();
  return PATTERNS.flatMap((pattern) =>
    [...pattern.recognize(graph)].map((instance) => {
      const picture = drawPicture(pattern, instance, graph, PICTURES[pattern.id]);
      const nodes = picture.nodes.map(({ id, text }) => ({ id, text }));
      const { id, title } = pattern;
      return {
        pattern: id,
        title,
        name: instance.name,
        mermaid: mermaidSource(picture),
        sketch: pictureSketch(picture),
        nodes,
      };
    }),
  );
}

describe('the page of pictures', function () {
  this.timeout(600_000);
  let server: Server;
  let browser: Browser;
  let page: Page;
  let address: string;
  const requested: string[] = [];
  const said: PicturePageMessage[] = [];
  const complaints: string[] = [];

  before(async () => {
    await buildProject({ root: ROOT, report: () => undefined });
    server = createServer((request, response) => {
      const isScript = request.url === '/pictures.js';
      response.setHeader('Content-Type', isScript ? 'text/javascript' : 'text/html');
      response.end(
        isScript
          ? readFileSync(join(ROOT, 'dist/pictures.js'))
          : picturePage({ script: '/pictures.js', source: address, nonce: NONCE }),
      );
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    address = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    browser = await chromium.launch({ executablePath: await ensureChromium(), args: [...CHROMIUM_ARGUMENTS] });
    page = await browser.newPage();
    page.on('request', (request) => requested.push(request.url()));
    page.on('console', (message) => complaints.push(message.text()));
    page.on('pageerror', (error) => complaints.push(error.message));
    await page.exposeFunction('said', (message: PicturePageMessage) => said.push(message));
    await page.addInitScript('globalThis.acquireVsCodeApi = () => ({ postMessage: (message) => said(message) });');
    await page.goto(address);
  });
  after(async () => {
    await browser?.close();
    server?.close();
  });

  const show = (pictures: readonly PatternPicture[], use: string | null = null): Promise<void> =>
    page.evaluate(`window.postMessage(${JSON.stringify({ pictures, use })})`);

  /** What the page has said since it was last asked, as soon as it is so many messages; they arrive later than the acts. */
  const whatIsSaid = async (count: number): Promise<PicturePageMessage[]> => {
    await eventually(
      `${count} messages of the page`,
      async () => said.length,
      (length) => length >= count,
    );
    return said.splice(0);
  };

  it('says that it is ready, and draws what it is told, with names as text', async () => {
    assert.deepEqual(await whatIsSaid(1), [{ kind: 'ready' }]);
    await show([BREAKER]);
    // What is being drawn stands elsewhere on the page until it is whole.
    await page.locator('#drawing svg[aria-label]').waitFor();
    assert.equal(await page.locator('h1').textContent(), 'Circuit breaker: cart');
    assert.equal(await page.locator('g.node').count(), 3);
    // Words are elements of their own, without the spaces between them.
    const words = (await page.locator('svg g.root').textContent())?.replace(/\s/g, '') ?? '';
    assert.ok(words.includes('<b>";alert(1)</b>') && words.includes('`requests`pass'), words);
    assert.ok(words.includes('5errors'), words);
    assert.equal(await page.locator('g.node.missing').count(), 1);
    assert.equal(await page.locator('svg').getAttribute('aria-label'), BREAKER.sketch);
  });

  it('leads from a box to its line, by mouse and by keyboard', async () => {
    await page.locator('g.node[role="link"]', { hasText: 'Open' }).click();
    await page.locator('g.node[role="link"]', { hasText: 'Closed' }).focus();
    await page.keyboard.press('Enter');
    await page.locator('li button', { hasText: 'Open (cart.yaml:5)' }).press('Enter');
    assert.deepEqual(
      (await whatIsSaid(3)).map((message) => message.kind === 'open' && message.location.range.start.line),
      [4, 4, 4],
    );
    assert.equal(await page.locator('g.node[tabindex]').count(), 2, 'a box without a line is no link');
  });

  it('follows the theme', async () => {
    const fill = (): Promise<string> =>
      page
        .locator('g.node rect, g.node path')
        .first()
        .evaluate((box) => getComputedStyle(box).fill);
    const light = await fill();
    await page.evaluate(`
      document.body.style.setProperty('--vscode-editorWidget-background', '#102030');
      document.body.className = 'vscode-dark';
    `);
    await page.locator('#drawing[data-theme="vscode-dark"]').waitFor();
    assert.notEqual(await fill(), light);
    assert.equal(await fill(), 'rgb(16, 32, 48)');
  });

  it('lets one choose among several uses, and keeps the choice when the workspace changes', async () => {
    const other = { ...BREAKER, name: 'orders' };
    await show([BREAKER, other], 'orders');
    await page.locator('h1', { hasText: 'orders' }).waitFor();
    await page.locator('#use').selectOption('cart');
    await page.locator('h1', { hasText: 'cart' }).waitFor();
    await show([other, BREAKER]);
    await page.locator('#use option:first-child', { hasText: 'orders' }).waitFor({ state: 'attached' });
    await page.locator('h1', { hasText: 'cart' }).waitFor();
    await show([]);
    await page.locator('h1', { hasText: 'does not use this pattern any more' }).waitFor();
    assert.equal(await page.locator('svg').count(), 0);
  });

  it('draws every use of every pattern in the shop', async () => {
    for (const picture of await shopPictures()) {
      await show([picture]);
      await page.locator('h1', { hasText: `${picture.title}: ${picture.name}` }).waitFor();
      await eventually(
        `the picture of ${picture.pattern}: ${picture.name}`,
        () => page.locator('#drawing svg').getAttribute('aria-label'),
        (label) => label === picture.sketch,
      );
      assert.equal(
        await page.locator('#drawing g.node').count(),
        picture.nodes.length,
        `${picture.pattern}: ${picture.name}`,
      );
    }
  });

  it('loads nothing but its own script, breaks none of its rules, and fails nowhere', () => {
    assert.deepEqual(
      requested.filter((url) => !url.endsWith('/favicon.ico')),
      [`${address}/`, `${address}/pictures.js`],
    );
    assert.deepEqual(complaints, []);
    assert.deepEqual(said, []);
  });
});
