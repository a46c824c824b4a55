import assert from 'node:assert/strict';
import { applyEdits } from '../../server/src/text/sourceText.ts';
import { exampleSnapshot, findingsOf } from '../catalog/exampleWorkspace.ts';
import type { ExampleFile } from '../catalog/readReadme.ts';

const DEPLOYMENT = `apiVersion: apps/v1
kind: Deployment
metadata:
  name: cart
spec:
  selector:
    matchLabels: { app: cart }
  template:
    metadata:
      labels: { app: cart }
    spec:
      containers:
        - name: web
          # here
          image: registry.example.com/cart:latest # there
`;
const TAG = 'pod-security/image-tag-latest';
const DIGEST = 'pod-security/image-without-digest';

function said(text: string, profile: 'recommended' | 'strict' = 'recommended', ...more: ExampleFile[]) {
  const found = findingsOf(exampleSnapshot([{ name: 'cart.yaml', text }, ...more]), profile);
  return found.filter(({ rule }) => rule.id.startsWith('syntax/suppression-'));
}

const messages = (...args: Parameters<typeof said>) => said(...args).map(({ finding }) => finding.message);
const mended = (text: string) =>
  applyEdits(
    text,
    said(text).flatMap(({ finding }) => [...finding.fixes![0]!.edits()]),
  );

describe('suppressing comments', () => {
  it('that silence something are left alone', () => {
    for (const [place, comment] of [
      ['# here', `# slipway-disable-next-line ${TAG} -- known`],
      ['# here', '# slipway-disable-next-line pod-security'],
      ['# here', '# slipway-disable-next-line'],
      ['# there', `# slipway-disable-line ${TAG}`],
      ['# here', `# slipway-disable-file ${TAG}`],
    ] as const)
      assert.deepEqual(messages(DEPLOYMENT.replace(place, comment)), [], comment);
  });

  it('that silence nothing are reported, and go away with what is theirs', () => {
    const sound = DEPLOYMENT.replace(':latest', ':1.4.0');
    const alone = sound.replace('# here', `# slipway-disable-next-line ${TAG} -- known`);
    assert.deepEqual(messages(alone), [`There is no finding of ${TAG} to silence here.`]);
    assert.equal(mended(alone), sound.replace('          # here\n', ''));
    const pinned = sound.replace(':1.4.0', `:1.4.0@sha256:${'0'.repeat(64)}`);
    const behind = pinned.replace('# there', '# slipway-disable-line');
    assert.deepEqual(messages(behind), ['This comment silences nothing.']);
    assert.equal(mended(behind), pinned.replace(' # there', ''));
  });

  it('lose only the name that silences nothing', () => {
    const both = (names: string) => DEPLOYMENT.replace('# here', `# slipway-disable-next-line ${names} -- known`);
    for (const names of [`${TAG}, rolling/no-progress`, `rolling/no-progress, ${TAG}`]) {
      assert.deepEqual(messages(both(names)), ['There is no finding of rolling/no-progress to silence here.']);
      assert.equal(mended(both(names)), both(TAG));
    }
  });

  it('count for the profile that runs their rules', () => {
    const sound = DEPLOYMENT.replace(':latest', `:1.4.0@sha256:${'0'.repeat(64)}`);
    const strict = sound.replace('# here', `# slipway-disable-next-line ${DIGEST}`);
    assert.deepEqual(messages(strict, 'recommended'), []);
    assert.equal(messages(strict, 'strict').length, 1);
    // Used in the strict profile, so not to be taken away by whoever looks at the other one.
    assert.deepEqual(messages(DEPLOYMENT.replace('# here', `# slipway-disable-next-line ${DIGEST}`)), []);
  });

  it('of a rule that is switched off are left alone', () => {
    const unused = DEPLOYMENT.replace(':latest', ':1.4.0').replace('# here', `# slipway-disable-next-line ${TAG}`);
    const off = { name: 'slipway.yaml', text: `rules: { ${TAG}: off }\n` };
    assert.deepEqual(messages(unused, 'recommended', off), []);
  });

  it('with a name that no rule has are told the nearest one', () => {
    for (const [name, near] of [
      ['pod-security/image-tag-lates', TAG],
      ['image-tag-latest', TAG],
      ['pod-securty', 'pod-security'],
      ['canary/subset-without-pod', 'canary/subset-without-pods'],
    ] as const)
      assert.deepEqual(messages(DEPLOYMENT.replace('# here', `# slipway-disable-next-line ${name}`)), [
        `No rule or pattern is called ${name}. Did you mean ${near}?`,
      ]);
  });

  it('can be switched off like every other finding', () => {
    const unused = DEPLOYMENT.replace(':latest', ':1.4.0').replace('# here', `# slipway-disable-next-line ${TAG}`);
    const off = { name: 'slipway.yaml', text: 'rules: { syntax/suppression-unused: off }\n' };
    assert.deepEqual(messages(unused, 'recommended', off), []);
  });

  it('are not judged in a file that cannot be read', () => {
    assert.deepEqual(messages(`# slipway-disable-file ${TAG}\nkind: "Deployment\n`), []);
  });

  it('for other tools are not ours to judge', () => {
    const text = DEPLOYMENT.replace(':latest', ':1.4.0').replace('# here', '# checkov:skip=CKV_K8S_14:reason');
    assert.deepEqual(messages(text), []);
  });
});
