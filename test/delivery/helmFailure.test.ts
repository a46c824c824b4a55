import assert from 'node:assert/strict';
import { helmFailure } from '../../client/src/adapters/helmClient.ts';
import type { FailureKind } from '../../client/src/cluster/failure.ts';
import { releaseDocuments, workloadsOf } from '../../client/src/delivery/release/releaseDocuments.ts';
import { releaseHistory } from '../../client/src/delivery/release/releaseHistory.ts';
import { releaseReview } from '../../client/src/delivery/release/releaseReview.ts';

describe('The words of Helm', () => {
  const cases: readonly [words: string, kind: FailureKind, message: RegExp][] = [
    ['Error: release: not found', 'not-found', /There is no release shop\/web in live/],
    [
      'Error: Kubernetes cluster unreachable: Get "https://127.0.0.1:1/version": dial tcp: connection refused',
      'unreachable',
      /does not reach context live/,
    ],
    [
      'Error: UPGRADE FAILED: another operation (install/upgrade/rollback) is in progress',
      'conflict',
      /Another operation on release shop\/web is not finished/,
    ],
    [
      'Error: UPGRADE FAILED: "web" has no deployed releases',
      'conflict',
      /The first install of release shop\/web failed/,
    ],
    [
      'Error: Unable to continue with install: Service "web" in namespace "shop" exists and cannot be imported into the current release: invalid ownership metadata',
      'conflict',
      /is there already, and is not the release's/,
    ],
    [
      'Error: UPGRADE FAILED: pre-upgrade hooks failed: 1 error occurred:\n\t* job migrate failed: BackoffLimitExceeded',
      'rollout',
      /^HookFailed: A hook of release shop\/web failed/,
    ],
    [
      'Error: query: failed to query with labels: secrets is forbidden: User "robot" cannot list resource "secrets"',
      'forbidden',
      /does not allow you to upgrade release shop\/web/,
    ],
    [
      'Error: template: shop/templates/web.yaml:3:12: executing "shop/templates/web.yaml" at <.Values.a.b>: nil pointer evaluating interface {}.b',
      'invalid',
      /Helm could not upgrade release shop\/web/,
    ],
  ];
  for (const [words, kind, message] of cases) {
    it(`tell ${kind}: ${words.slice(7, 60)}`, () => {
      const warning = 'WARNING: Kubernetes configuration file is group-readable. This is insecure. Location: /x';
      const { report } = helmFailure('upgrade', 'shop/web', 'live', `${warning}\n${words}\n`);
      assert.equal(report.kind, kind);
      assert.match(report.message, message);
      assert.doesNotMatch(report.said, /WARNING|^Error:/);
    });
  }
});

describe('The objects of a release', () => {
  const web = (image: string): string =>
    `---\n# Source: shop/templates/web.yaml\napiVersion: apps/v1\nkind: Deployment\nmetadata:\n  name: web\nspec:\n  template:\n    spec:\n      containers:\n        - name: web\n          image: ${image}\n`;
  const secret = (value: string): string =>
    `---\n# Source: shop/charts/db/templates/secret.yaml\napiVersion: v1\nkind: Secret\nmetadata:\n  name: db\ndata:\n  password: ${value}\n`;

  it('point to their templates, those of charts within the chart too', () => {
    const documents = releaseDocuments(`${secret('YQ==')}${web('a:1')}---\n# only a comment\n`, '/work/shop');
    assert.deepEqual(
      documents.map(({ file }) => file),
      ['/work/shop/charts/db/templates/secret.yaml', '/work/shop/templates/web.yaml'],
    );
    assert.deepEqual(workloadsOf(documents, 'live'), [
      { workload: { kind: 'Deployment', namespace: 'live', name: 'web' }, file: '/work/shop/templates/web.yaml' },
    ]);
  });

  it('are compared one by one; values of Secrets are masked, also of one that goes', () => {
    const before = releaseDocuments(`${secret('c2VzYW1l')}${web('a:1')}`, '/work/shop');
    const after = releaseDocuments(web('a:2'), '/work/shop');
    const reviews = releaseReview(before, after, 'live');
    assert.deepEqual(
      reviews.map(({ change, kind }) => `${kind} ${change}`),
      ['Deployment update', 'Secret delete'],
    );
    assert.ok(reviews[1]?.diff?.lines.every((line) => /^[-@]/.test(line)));
    assert.ok(!JSON.stringify(reviews).includes('c2VzYW1l'));
    assert.deepEqual(
      releaseReview(before, before, 'live').map(({ change }) => change),
      ['unchanged', 'unchanged'],
    );
  });
});

describe('The history of a release', () => {
  it('is a table with the newest revision first, in which no word of Helm is read as Markdown', () => {
    const first = { revision: 1, updated: '2026-03-04T05:06:07.123Z', status: 'superseded', chart: 'shop-1.0.0' };
    const page = releaseHistory('Release shop/web on live', [
      { ...first, appVersion: '1.0', description: 'Install complete' },
      { ...first, revision: 2, status: 'failed', appVersion: '', description: 'a | b\n<img src="x"> [c](d)' },
    ]);
    assert.deepEqual(page.split('\n').slice(4), [
      '| 2 | 2026-03-04 05:06:07 | failed | shop-1.0.0 |  | a \\| b \\<img src="x"\\> \\[c\\](d) |',
      '| 1 | 2026-03-04 05:06:07 | superseded | shop-1.0.0 | 1.0 | Install complete |',
      '',
    ]);
  });
});
