import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { BLOCKING, type DiskAccess, readWorkspace } from '../../server/src/host/workspaceFiles.ts';

/** Everything that is found, with the path below the folder. */
async function found(folder: string, disk?: DiskAccess): Promise<[string, string][]> {
  const all: [string, string][] = [];
  for await (const file of readWorkspace(folder, (uri) => !uri.endsWith('.png'), undefined, disk)) {
    const name = file.uri.slice(pathToFileURL(folder).href.length + 1);
    all.push([name, 'text' in file ? file.text : `${file.problem}: ${file.message}`]);
  }
  return all;
}

describe('the files of a workspace', () => {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'slipway-files-'));
  });
  afterEach(() => rmSync(folder, { recursive: true }));
  const write = (name: string, content: string | Uint8Array): void => {
    mkdirSync(join(folder, name, '..'), { recursive: true });
    writeFileSync(join(folder, name), content);
  };

  it('are the same whether the disk is waited for or blocks, and are read as editors read them', async () => {
    write('a.yaml', 'name: käse → 🧀\r\n');
    write('b/mark.yaml', Uint8Array.of(0xef, 0xbb, 0xbf, 0x61));
    write('b/wide.yaml', Uint8Array.of(0xff, 0xfe, 0x61, 0x00));
    write('b/empty.yaml', '');
    write('c/binary.yaml', Uint8Array.of(0x61, 0x00));
    write('c/latin.yaml', Uint8Array.of(0x6b, 0xe4, 0x73, 0x65));
    write('c/cut.yaml', Uint8Array.of(0x61, 0xe2, 0x86));
    write('c/surrogate.yaml', Uint8Array.of(0xed, 0xa0, 0x80));
    write('node_modules/x.yaml', 'a: 1');
    write('picture.png', 'no');
    symlinkSync(join(folder, 'a.yaml'), join(folder, 'link.yaml'));
    symlinkSync(join(folder, 'nowhere'), join(folder, 'dangling.yaml'));
    symlinkSync(folder, join(folder, 'b', 'circle'));
    const blocking = await found(folder, BLOCKING);
    assert.deepEqual(blocking, await found(folder));
    const notText = 'not-text: This file is not UTF-8 text and is not checked.';
    assert.deepEqual(blocking, [
      ['a.yaml', 'name: käse → 🧀\r\n'],
      ['b/empty.yaml', ''],
      ['b/mark.yaml', 'a'],
      ['b/wide.yaml', 'a'],
      ['c/binary.yaml', notText],
      ['c/cut.yaml', notText],
      ['c/latin.yaml', notText],
      ['c/surrogate.yaml', notText],
      ['link.yaml', 'name: käse → 🧀\r\n'],
    ]);
  });

  it('are one where a file is named, and a missing start is told', async () => {
    write('a.yaml', 'a: 1\n');
    for (const disk of [BLOCKING, undefined]) {
      assert.deepEqual(
        (await found(join(folder, 'a.yaml'), disk)).map(([, text]) => text),
        ['a: 1\n'],
      );
      await assert.rejects(found(join(folder, 'missing'), disk), { code: 'ENOENT' });
    }
  });
});
