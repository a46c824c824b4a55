import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import {
  type FeatureSituation,
  switchedOff,
  yieldedFeatures,
} from '../../client/src/languageClient/yieldedFeatures.ts';

const alone: FeatureSituation = { isEnabled: () => false, yamlKnowsKubernetes: false, choiceOf: () => 'auto' };
const besides = (...ids: string[]): FeatureSituation => ({ ...alone, isEnabled: (id) => ids.includes(id) });

describe('features that are left to other extensions', () => {
  it('are none where no other extension gives them', () => {
    assert.deepEqual(Object.values(yieldedFeatures(alone)).flat(), []);
  });

  it('are those of the language that the other extension serves, and of no other', () => {
    const yielded = yieldedFeatures(besides('hashicorp.terraform'));
    assert.deepEqual(yielded['terraform'], [
      'completion',
      'hover',
      'outline',
      'folding',
      'formatting',
      'schema',
      'links',
      'semanticTokens',
      'lenses',
    ]);
    assert.deepEqual(yielded['yaml'], []);
    assert.deepEqual(yielded['dockerfile'], []);
  });

  it('keep Kubernetes completion where Red Hat YAML knows no Kubernetes schema', () => {
    const situation = besides('redhat.vscode-yaml');
    assert.deepEqual(yieldedFeatures(situation)['yaml'], ['outline', 'folding', 'formatting', 'selection', 'typing']);
    const informed = yieldedFeatures({ ...situation, yamlKnowsKubernetes: true })['yaml'];
    assert.deepEqual(informed, [
      'completion',
      'hover',
      'outline',
      'folding',
      'formatting',
      'schema',
      'selection',
      'typing',
    ]);
  });

  it('follow the user, whoever else is there', () => {
    const situation = besides('hashicorp.terraform');
    const on = yieldedFeatures({ ...situation, choiceOf: (feature) => (feature === 'hover' ? 'on' : 'auto') });
    assert.ok(!on['terraform']?.includes('hover'));
    const off = yieldedFeatures({ ...alone, choiceOf: (feature) => (feature === 'folding' ? 'off' : 'auto') });
    assert.deepEqual(off['yaml'], ['folding']);
  });

  it('are drawn by nobody where the user wants none', () => {
    const off = (...names: string[]) => switchedOff({ choiceOf: (name) => (names.includes(name) ? 'off' : 'auto') });
    assert.deepEqual(off('hints', 'completion'), ['hints'], 'names of the workspace are still offered');
    assert.deepEqual(off(), []);
  });
});
