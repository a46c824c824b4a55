import { removeEntry, setValue } from '../../../languages/yaml/yamlEdits.ts';
import { defineRule } from '../../../rules/contract.ts';
import { describe } from '../../../workspace/resource.ts';
import { INJECT } from '../injection/podInjection.ts';
import { ANNOTATED_TYPES, annotationsOf } from './annotationsOf.ts';

/** What is deprecated is one day ignored. */
export const rule = defineRule({
  id: 'service-mesh/annotation-deprecated',
  severity: 'information',
  profile: 'strict',
  types: ANNOTATED_TYPES,
  equivalents: ['istioctl:IST0135'],
  *check(resource) {
    for (const { entry, key, known } of annotationsOf(resource)) {
      if (known?.status !== 'deprecated') continue;
      const value = entry.text();
      const metadata = entry.parent?.parent;
      yield {
        at: entry.keyPlace,
        message: `The annotation ${key} of ${describe(resource)} is deprecated${known.instead ? `; write ${known.instead}` : ''}.`,
        fixes:
          key === INJECT && value !== undefined && metadata
            ? [
                {
                  title: 'Write it as a label',
                  safe: true,
                  edits: () => [removeEntry(entry), ...setValue(metadata, ['labels', key], value)],
                },
              ]
            : [],
      };
    }
  },
});
