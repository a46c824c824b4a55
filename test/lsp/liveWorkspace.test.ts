import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { LANGUAGES } from '../../server/src/languages/languages.ts';
import { LiveWorkspace } from '../../server/src/lsp/liveWorkspace.ts';
import type { WorkspaceFiles } from '../../server/src/lsp/workspaceFiles.ts';
import { World } from '../../server/src/workspace/world.ts';

const FOLDER = 'file:///shop';
const named = (name: string): string => `apiVersion: v1\nkind: Service\nmetadata:\n  name: ${name}\n`;

/** A disk as a map, whose folder `skipped` is never walked. */
class MemoryDisk implements WorkspaceFiles {
  readonly texts = new Map<string, string>();

  async *read(start: string, isWanted: (uri: string) => boolean): AsyncIterable<{ uri: string; text: string }> {
    const text = this.texts.get(start);
    if (text !== undefined) yield { uri: start, text };
    else if (start !== FOLDER) throw new Error(`${start} does not exist.`);
    else for (const [uri, text] of this.texts) if (isWanted(uri) && !uri.includes('/skipped/')) yield { uri, text };
  }
}

describe('the live workspace', () => {
  const open = async (
    files: Readonly<Record<string, string>>,
  ): Promise<{ disk: MemoryDisk; workspace: LiveWorkspace }> => {
    const disk = new MemoryDisk();
    for (const [name, text] of Object.entries(files)) disk.texts.set(`${FOLDER}/${name}`, text);
    const workspace = new LiveWorkspace(new World(LANGUAGES), disk, () => undefined);
    await workspace.load([FOLDER], new AbortController().signal, () => undefined);
    return { disk, workspace };
  };
  const names = (workspace: LiveWorkspace): string[] =>
    workspace
      .snapshot()
      .graph.all('Service')
      .map(({ name }) => name ?? '?')
      .sort();

  it('reads the folders, and lets an open document count in place of its file', async () => {
    const { workspace } = await open({ 'a.yaml': named('disk') });
    assert.deepEqual(names(workspace), ['disk']);
    workspace.open(`${FOLDER}/a.yaml`, 1, named('open'));
    assert.deepEqual(names(workspace), ['open']);
    await workspace.close(`${FOLDER}/a.yaml`);
    assert.deepEqual(names(workspace), ['disk']);
  });

  it('applies several edits of one notification one after the other', async () => {
    const { workspace } = await open({});
    const uri = `${FOLDER}/a.yaml`;
    workspace.open(uri, 1, named('cart'));
    const at = (character: number) => ({ line: 3, character });
    workspace.edit(uri, 2, [
      { range: { start: at(8), end: at(12) }, text: 'orders' },
      { range: { start: at(14), end: at(14) }, text: '-v2' },
    ]);
    assert.deepEqual(names(workspace), ['orders-v2']);
    workspace.edit(uri, 3, [{ text: named('whole') }]);
    assert.deepEqual(names(workspace), ['whole']);
    assert.equal(workspace.openDocuments.get(uri)?.version, 3);
  });

  it('knows one file under every spelling of its URI', async () => {
    const { workspace } = await open({ 'a%20b.yaml': named('x') });
    workspace.open('file:///shop/%61%20b.yaml', 1, named('open'));
    assert.equal(workspace.openDocuments.size, 1);
    workspace.open('file:///shop/a%20b.yaml', 2, named('again'));
    assert.equal(workspace.openDocuments.size, 1);
    assert.deepEqual(names(workspace), ['again']);
  });

  it('follows what the disk does, folders included, and never an open document', async () => {
    const { disk, workspace } = await open({
      'kept.yaml': named('kept'),
      'old/a.yaml': named('a'),
      'old/b.yaml': named('b'),
    });
    workspace.open(`${FOLDER}/kept.yaml`, 1, named('typed'));
    disk.texts.set(`${FOLDER}/kept.yaml`, named('written'));
    disk.texts.set(`${FOLDER}/new/c.yaml`, named('c'));
    disk.texts.set(`${FOLDER}/skipped/d.yaml`, named('d'));
    disk.texts.delete(`${FOLDER}/old/a.yaml`);
    disk.texts.delete(`${FOLDER}/old/b.yaml`);
    await workspace.filesChanged([
      { uri: `${FOLDER}/kept.yaml`, type: 'changed' },
      { uri: `${FOLDER}/new`, type: 'created' },
      { uri: `${FOLDER}/skipped/d.yaml`, type: 'created' },
      { uri: `${FOLDER}/old`, type: 'deleted' },
    ]);
    assert.deepEqual(names(workspace), ['c', 'typed']);
    await workspace.close(`${FOLDER}/kept.yaml`);
    assert.deepEqual(names(workspace), ['c', 'written']);
  });

  it('forgets a document that has no file once it is closed', async () => {
    const { workspace } = await open({});
    workspace.open(`${FOLDER}/only-open.yaml`, 1, named('x'));
    assert.deepEqual(names(workspace), ['x']);
    await workspace.close(`${FOLDER}/only-open.yaml`);
    assert.deepEqual(names(workspace), []);
  });

  it('says that it is loaded only when every folder was read', async () => {
    const disk = new MemoryDisk();
    disk.texts.set(`${FOLDER}/a.yaml`, named('a'));
    const workspace = new LiveWorkspace(new World(LANGUAGES), disk, () => undefined);
    assert.equal(workspace.isLoaded, false);
    let heard = 0;
    workspace.onDidChange(() => heard++);
    await workspace.load([FOLDER], new AbortController().signal, () => undefined);
    assert.equal(workspace.isLoaded, true);
    assert.ok(heard > 0);
  });
});
