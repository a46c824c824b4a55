import { replaceValue } from '../../../languages/yaml/yamlEdits.ts';
import { defineRule } from '../../../rules/contract.ts';
import { describe } from '../../../workspace/resource.ts';
import { PEER_AUTHENTICATION } from './peerAuthentications.ts';

/** Whatever a pod admits besides mutual TLS is neither encrypted nor known to come from anybody. */
export const rule = defineRule({
  id: 'service-mesh/mtls-not-strict',
  severity: 'information',
  profile: 'strict',
  types: [PEER_AUTHENTICATION],
  equivalents: ['kyverno:enforce-strict-mtls'],
  *check(policy) {
    const { root } = policy;
    const modes = [
      root.find('spec', 'mtls', 'mode'),
      ...(root.find('spec', 'portLevelMtls')?.entries.map((entry) => entry.find('mode')) ?? []),
    ];
    for (const mode of modes) {
      const written = mode?.text();
      if (!mode || (written !== 'PERMISSIVE' && written !== 'DISABLE')) continue;
      yield {
        at: mode,
        message:
          written === 'DISABLE'
            ? `${describe(policy)} turns mutual TLS off.`
            : `${describe(policy)} also admits plain text, whose sender nobody knows.`,
        fixes: [{ title: 'Use STRICT', safe: false, edits: () => [replaceValue(mode, 'STRICT')] }],
      };
    }
  },
});
