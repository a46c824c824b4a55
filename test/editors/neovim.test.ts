import assert from 'node:assert/strict';
import { mkdir, mkdtemp, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { after, before, describe, it } from 'mocha';
import { buildProject } from '../../scripts/projectBuild.ts';
import { needTier } from '../environment/needTier.ts';
import { runProgram } from '../environment/processes/runProgram.ts';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));

const SERVICE = `apiVersion: v1
kind: Service
metadata:
  name: cart # the only one
spec:
  selector:
    app: kart
  ports:
    - port: 80
      targetPort: http
---
apiVersion: apps/v1
kind: Deployment
metadata:
  name: cart
spec:
  selector:
    matchLabels:
      app: cart
  template:
    metadata:
      labels:
        app: cart
    spec:
      containers:
        - name: cart
          image: shop/cart:1.4.2
          ports:
            - name: http
              containerPort: 8080
`;

interface Seen {
  readonly fault?: string;
  readonly before: readonly { line: number; code: string; message: string }[];
  readonly after: Seen['before'];
  readonly hover: { value: string };
  readonly completion: readonly string[];
  readonly fix: string;
  readonly text: readonly string[];
}

describe('in Neovim, set up as docs/editors.md says', () => {
  let folder: string;
  let seen: Seen;

  before(async function () {
    await needTier(this, 'neovim');
    await buildProject({ root: ROOT, report: () => undefined });
    folder = await mkdtemp(path.join(tmpdir(), 'slipway-neovim-'));
    await mkdir(path.join(folder, 'bin'));
    await symlink(path.join(ROOT, 'dist/cli.js'), path.join(folder, 'bin/slipway'));
    await mkdir(path.join(folder, 'workspace'));
    await writeFile(path.join(folder, 'workspace/cart.yaml'), SERVICE);
    await writeFile(path.join(folder, 'init.lua'), await documentedSetup());
    const session = fileURLToPath(new URL('session.lua', import.meta.url));
    await runProgram('nvim', ['--headless', '-u', '../init.lua', 'cart.yaml', '-c', `luafile ${session}`], {
      folder: path.join(folder, 'workspace'),
      environment: {
        HOME: folder,
        XDG_CONFIG_HOME: folder,
        PATH: `${path.join(folder, 'bin')}:${process.env['PATH']}`,
        SLIPWAY_SEEN: path.join(folder, 'seen.json'),
      },
    });
    seen = JSON.parse(await readFile(path.join(folder, 'seen.json'), 'utf8')) as Seen;
    assert.equal(seen.fault, undefined);
  });
  after(() => folder && rm(folder, { recursive: true }));

  it('pushes diagnostics to their line', () => {
    const found = seen.before.find(({ code }) => code === 'pipeline/selector-matches-nothing');
    assert.equal(found?.line, 6, JSON.stringify(seen.before));
  });

  it('explains a field and offers fields', () => {
    assert.match(seen.hover.value, /selector/);
    assert.ok(seen.completion.includes('targetPort'), seen.completion.join());
    assert.ok(seen.completion.includes('nodePort'), seen.completion.join());
  });

  it('mends by a code action, and withdraws the diagnostic', () => {
    assert.equal(seen.text[6], '    app: cart', seen.fix);
    assert.equal(seen.text[3], '  name: cart # the only one');
    assert.ok(!seen.after.some(({ code }) => code === 'pipeline/selector-matches-nothing'));
  });
});

/** The first block of Lua on the page: the set-up for the lowest version that is supported. */
async function documentedSetup(): Promise<string> {
  const page = await readFile(path.join(ROOT, 'docs/editors.md'), 'utf8');
  const block = /```lua\n([\s\S]*?)```/.exec(page)?.[1];
  assert.ok(block, 'docs/editors.md shows no set-up for Neovim');
  return block;
}
