import assert from 'node:assert/strict';
import { documents, recognised } from '../recognised.ts';

const URL = 'https://git.example.com/';
const project = (...repositories: readonly string[]) =>
  `apiVersion: argoproj.io/v1alpha1\nkind: AppProject\nmetadata:\n  name: shop\n  namespace: argocd\nspec:\n  sourceRepos: [${repositories.map((name) => `"${name}"`).join(', ')}]\n`;
const application = (name: string, repository = URL + name) =>
  `apiVersion: argoproj.io/v1alpha1\nkind: Application\nmetadata:\n  name: ${name}\n  namespace: argocd\nspec:\n  project: shop\n  source: { repoURL: "${repository}", chart: ${name}, targetRevision: 1.0.0 }\n  destination: { namespace: shop }\n  syncPolicy: { automated: {} }\n`;
const missed = (...texts: readonly string[]) =>
  recognised('gitops', { 'shop.yaml': documents(...texts) }).filter((use) => !use.endsWith('; '));
const REPOSITORIES = ['cart', 'orders', 'mesh'].map((name) => URL + name);

describe('a repository that a project admits for an application', () => {
  it('tells of the one that is gone', () => {
    assert.deepEqual(missed(project(...REPOSITORIES), application('cart'), application('orders')), [
      `shop from ${URL}mesh: project; application, destination, automation`,
    ]);
  });

  it('tells nothing where all are used, in whichever spelling', () => {
    const mesh = application('mesh', `${URL}mesh.git`);
    assert.deepEqual(missed(project(...REPOSITORIES), application('cart'), application('orders'), mesh), []);
  });

  it('tells nothing where several are not used, where patterns admit them, or where there is little to go by', () => {
    assert.deepEqual(missed(project(...REPOSITORIES), application('cart')), []);
    assert.deepEqual(missed(project(...REPOSITORIES, `${URL}*`), application('cart'), application('orders')), []);
    assert.deepEqual(missed(project(`${URL}cart`, `${URL}mesh`), application('cart')), []);
    assert.deepEqual(missed(project(...REPOSITORIES)), []);
  });

  it('tells nothing where a template writes a repository', () => {
    const set = application('set', '{{ .repository }}')
      .replace('kind: Application', 'kind: ApplicationSet')
      .replace('spec:\n  project: shop\n', 'spec:\n  template:\n    spec:\n  project: shop\n')
      .replace(/^ {2}(?=project|source|destination|syncPolicy)/gm, '      ');
    assert.deepEqual(missed(project(...REPOSITORIES), application('cart'), application('orders'), set), []);
  });
});
