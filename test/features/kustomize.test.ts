import assert from 'node:assert/strict';
import { graphSource } from '../../server/src/features/graphSource.ts';
import { kustomizeSource } from '../../server/src/features/kustomizeSource.ts';
import { OVERLAYS } from '../workspace/kustomize/overlays.ts';
import { CURSOR, cursorIn, FOLDER, stateOf } from './markedWorkspace.ts';

const DEV = 'overlays/dev/kustomization.yaml';

/** The overlays with the cursor in a file behind the first `text`. */
function behind(name: string, text: string, files: Readonly<Record<string, string>> = OVERLAYS) {
  const index = files[name]!.indexOf(text);
  assert.ok(index >= 0, `${name} does not say ${text}.`);
  const at = index + text.length;
  return cursorIn(name, { ...files, [name]: files[name]!.slice(0, at) + CURSOR + files[name]!.slice(at) });
}

function offered(name: string, text: string, typed: string): string[] {
  const files = { ...OVERLAYS, [name]: OVERLAYS[name]!.replace(text, `${text}${typed}\n`) };
  return [...kustomizeSource.completions!(behind(name, text + typed, files))].map(({ label }) => label);
}

describe('in a kustomization', () => {
  it('fields are offered and explained', () => {
    assert.ok(offered(DEV, 'namespace: dev\n', 'comm').includes('components'));
    const explained = kustomizeSource.explain!(behind(DEV, 'namePre'));
    assert.match(explained?.markdown ?? '', /before the name of every object/);
  });

  it('paths are offered where files and folders are listed', () => {
    const paths = offered(DEV, 'resources:\n', '  - .');
    assert.ok(paths.includes('../prod'), paths.join());
    assert.ok(!paths.includes('../../base'), 'it is listed already');
    assert.deepEqual(offered(DEV, '  - path: cart.yaml\n', '  - path: c'), ['cart.yaml']);
    const withMore = { ...OVERLAYS, 'overlays/dev/more.yaml': 'a: 1\n' };
    const files = { ...withMore, [DEV]: `${OVERLAYS[DEV]}  - path: m\n` };
    const labels = [...kustomizeSource.completions!(behind(DEV, '- path: m', files))].map(({ label }) => label);
    assert.deepEqual(labels, ['cart.yaml', 'more.yaml']);
  });

  it('names of objects and images are offered', () => {
    assert.deepEqual(offered(DEV, 'patches:\n', '  - target:\n      name: c'), ['cart', 'settings']);
    assert.deepEqual(offered(DEV, 'images:\n', '  - name: r'), ['registry.example.com/cart']);
  });

  it('paths lead to their files, targets to their objects', () => {
    const places = (name: string, text: string) =>
      [...kustomizeSource.definitions!(behind(name, text))].map(
        ({ source, span }) => `${source.uri.slice(FOLDER.length)} ${source.slice(span)}`,
      );
    assert.deepEqual(places(DEV, '../../ba'), ['base/kustomization.yaml ']);
    assert.deepEqual(places('overlays/prod/kustomization.yaml', 'name: ca'), ['base/cart.yaml cart']);
    const links = [...kustomizeSource.links!(stateOf(DEV, OVERLAYS))].map(({ target }) => target);
    assert.deepEqual(links, [`${FOLDER}base/kustomization.yaml`, `${FOLDER}overlays/dev/cart.yaml`]);
  });

  it('a path says what it brings', () => {
    assert.match(kustomizeSource.explain!(behind(DEV, '../../ba'))!.markdown, /- Deployment dev-cart/);
  });
});

describe('the name of an object', () => {
  it('says what each overlay makes of it', () => {
    const explained = kustomizeSource.explain!(behind('base/cart.yaml', 'name: ca'))!.markdown;
    assert.match(explained, /`overlays\/dev` builds \*\*Deployment dev-cart\*\*/);
    assert.match(explained, /image: registry\.example\.com\/cart:latest/);
    assert.match(explained, /`overlays\/prod` builds/);
    assert.match(explained, /replicas: 4/);
  });

  it('shows no value of a Secret', () => {
    const files = {
      'kustomization.yaml': 'namePrefix: a-\nresources: [secret.yaml]\n',
      'secret.yaml': 'apiVersion: v1\nkind: Secret\nmetadata:\n  name: password\nstringData:\n  key: hunter2\n',
    };
    const explained = kustomizeSource.explain!(behind('secret.yaml', 'name: pass', files))!.markdown;
    assert.match(explained, /key: …/);
    assert.doesNotMatch(explained, /hunter2/);
  });

  it('is renamed with the patches and targets that mean it', () => {
    const result = graphSource.rename!(behind('base/cart.yaml', 'name: ca'), 'basket');
    assert.equal(result?.status, 'edits');
    const places = result.edits.map(({ uri, newText }) => `${uri.slice(FOLDER.length)} ${newText}`).sort();
    assert.deepEqual(places, [
      'base/cart.yaml basket',
      'overlays/dev/cart.yaml basket',
      'overlays/prod/kustomization.yaml basket',
    ]);
  });
});
