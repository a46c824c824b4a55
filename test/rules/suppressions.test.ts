import assert from 'node:assert/strict';
import { exampleSnapshot, findingsOf } from '../catalog/exampleWorkspace.ts';

const DEPLOYMENT = `apiVersion: apps/v1
kind: Deployment
metadata:
  name: cart
  annotations: {}
spec:
  strategy:
    rollingUpdate:
      maxSurge: 0
      # here
      maxUnavailable: 0 # there
  template:
    spec:
      containers:
        - name: web
          image: registry.example.com/cart:latest
`;

function rulesIn(text: string, name = 'cart.yaml'): string[] {
  return findingsOf(exampleSnapshot([{ name, text }]), 'strict').map(({ rule }) => rule.id);
}

describe('suppressions', () => {
  it('are not there without a comment', () => {
    assert.ok(rulesIn(DEPLOYMENT).includes('rolling/no-progress'));
    assert.ok(rulesIn(DEPLOYMENT).includes('pod-security/image-tag-latest'));
  });

  it('silence a rule, a pattern or everything on the next line, a line or in the file', () => {
    for (const [place, comment] of [
      ['# here', '# slipway-disable-next-line rolling/no-progress -- the operator does it'],
      ['# here', '# slipway-disable-next-line rolling'],
      ['# here', '# slipway-disable-next-line'],
      ['# there', '# slipway-disable-line rolling/no-progress'],
      ['# here', '# slipway-disable-file rolling/no-progress'],
    ] as const) {
      const rules = rulesIn(DEPLOYMENT.replace(place, comment));
      assert.ok(!rules.includes('rolling/no-progress'), comment);
      assert.ok(rules.includes('pod-security/image-tag-latest'), `${comment} silences no more than it says`);
    }
  });

  it('leave other rules of the line alone', () => {
    assert.ok(
      rulesIn(DEPLOYMENT.replace('# here', '# slipway-disable-next-line canary')).includes('rolling/no-progress'),
    );
  });

  it('are taken from annotations and comments for other tools', () => {
    for (const annotation of [
      'ignore-check.kube-linter.io/latest-tag: reason',
      'kube-score/ignore: container-image-tag',
      'checkov.io/skip1: CKV_K8S_14=reason',
      'polaris.fairwinds.com/tagNotSpecified-exempt: "true"',
    ]) {
      const rules = rulesIn(DEPLOYMENT.replace('annotations: {}', `annotations: { ${annotation} }`));
      assert.ok(!rules.includes('pod-security/image-tag-latest'), annotation);
      assert.ok(rules.includes('rolling/no-progress'), annotation);
    }
    assert.ok(
      !rulesIn(DEPLOYMENT.replace('# here', '# checkov:skip=CKV_K8S_14:reason')).includes(
        'pod-security/image-tag-latest',
      ),
    );
  });

  it('are taken from hadolint and BuildKit comments', () => {
    const dockerfile = 'FROM debian:12.9\nWORKDIR app\n';
    assert.ok(rulesIn(dockerfile, 'app/Dockerfile').includes('dockerfile/workdir-relative'));
    assert.ok(
      !rulesIn(dockerfile.replace('WORKDIR', '# hadolint ignore=DL3000\nWORKDIR'), 'app/Dockerfile').includes(
        'dockerfile/workdir-relative',
      ),
    );
    assert.ok(
      !rulesIn(`# check=skip=WorkdirRelativePath\n${dockerfile}`, 'app/Dockerfile').includes(
        'dockerfile/workdir-relative',
      ),
    );
  });
});
