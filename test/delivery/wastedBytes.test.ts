import assert from 'node:assert/strict';
import { type ImageLayer, type LayerEntry, wastedBytes } from '../../client/src/delivery/images/wastedBytes.ts';

const file = (path: string, sizeBytes: number): LayerEntry => ({ path, type: 'file', sizeBytes });
const folder = (path: string): LayerEntry => ({ path, type: 'directory', sizeBytes: 0 });
const layer = (instruction: string, ...entries: LayerEntry[]): ImageLayer => ({ instruction, entries });
const wasted = (...layers: ImageLayer[]): string[] =>
  wastedBytes(layers).files.map(({ bytes, how, path }) => `${how} ${path} ${bytes}`);

describe('the bytes that an image carries in vain', () => {
  it('are files that a later layer overwrites or deletes', () => {
    const base = layer('ADD rootfs', folder('etc'), file('etc/motd', 10), file('bin/sh', 500), file('var/cache/a', 70));
    const next = layer('RUN rm', file('etc/.wh.motd', 0), file('bin/sh', 501), folder('var'), file('var/.wh.cache', 0));
    assert.deepEqual(wasted(base, next), ['overwritten bin/sh 500', 'deleted var/cache/a 70', 'deleted etc/motd 10']);
    assert.deepEqual(wasted(base), []);
  });

  it('are told once for each copy that is hidden', () => {
    const write = (size: number): ImageLayer => layer(`RUN ${size}`, file('a', size));
    assert.deepEqual(wasted(write(3), write(2), write(1)), ['overwritten a 3', 'overwritten a 2']);
    assert.deepEqual(wasted(layer('RUN', file('a', 3), file('a', 4))), [], 'one layer stores it once');
    assert.deepEqual(wasted(write(3), layer('RUN rm', file('.wh.a', 0)), write(2)), ['deleted a 3']);
  });

  it('are all files of a folder that is made anew, replaced, or takes the place of a file', () => {
    const base = layer('COPY', file('d/a', 1), file('d/e/b', 2), file('dd/c', 4), file('f', 8));
    assert.deepEqual(wasted(base, layer('RUN', folder('d'), file('d/.wh..wh..opq', 0), file('d/a', 1))), [
      'deleted d/e/b 2',
      'deleted d/a 1',
    ]);
    assert.deepEqual(wasted(base, layer('RUN', { path: 'd', type: 'link', sizeBytes: 0 })), [
      'deleted d/e/b 2',
      'deleted d/a 1',
    ]);
    assert.deepEqual(wasted(base, layer('RUN', folder('f'), file('f/x', 1))), ['overwritten f 8']);
    assert.deepEqual(wasted(base, layer('RUN', file('.wh..wh..opq', 0))).length, 4);
  });

  it('are not those of links and empty files, and a folder hides nothing', () => {
    const base = layer('ADD', { path: 'l', type: 'link', sizeBytes: 0 }, file('empty', 0), folder('d'), file('d/a', 1));
    assert.deepEqual(wasted(base, layer('RUN', file('l', 1), file('empty', 1), folder('d'))), []);
  });

  it('come with what to change, by how much it saves', () => {
    const large = (path: string): LayerEntry => file(path, 5_000_000);
    const advice = (first: string, second: string, ...entries: LayerEntry[]): string =>
      wastedBytes([layer(first, large('a')), layer(second, ...entries)])
        .advice.map(({ text }) => text)
        .join();
    assert.match(advice('COPY . /app', 'RUN chown -R 1000 /app', large('a')), /COPY --chown/);
    assert.match(advice('RUN make', 'RUN rm -r /a', file('.wh.a', 0)), /same RUN/);
    assert.match(advice('COPY . .', 'RUN rm a', file('.wh.a', 0)), /\.dockerignore/);
    assert.match(advice('', 'RUN apt-get update && apt-get upgrade -y', large('a')), /newer base image/);
    assert.match(advice('RUN a', 'RUN b', large('a')), /Write once/);
    assert.equal(
      wastedBytes([layer('a', file('a', 5)), layer('b', file('a', 5))]).advice.length,
      0,
      'not worth a word',
    );
  });
});
