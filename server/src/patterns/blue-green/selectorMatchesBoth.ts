import { setValue } from '../../languages/yaml/yamlEdits.ts';
import { defineRule } from '../../rules/contract.ts';
import { describe, describeOther } from '../../workspace/resource.ts';
import { colourOf, pairOf } from './colours.ts';

/** A Service that leaves the colour open mixes both versions, tested or not. */
export const rule = defineRule({
  id: 'blue-green/selector-matches-both',
  severity: 'error',
  profile: 'recommended',
  types: ['Service'],
  *check(resource, graph) {
    const selector = resource.root.find('spec', 'selector');
    const pair = pairOf(resource, graph);
    // A headless Service is for finding pods, not for sending users to them.
    if (!selector || !pair || !selector.lacks(pair.label) || resource.root.text('spec', 'clusterIP') === 'None') return;
    // Where another Service makes the choice, this one is for looking at both.
    if (
      graph
        .near(resource, 'Service')
        .some(
          (other) =>
            other !== resource && pairOf(other, graph) === pair && other.root.find('spec', 'selector', pair.label),
        )
    )
      return;
    const { blue, green, label } = pair;
    const colours = [blue, green].map((workload) => colourOf(workload, label)!);
    yield {
      at: selector.keyPlace,
      message: `${describe(resource)} sends users to both ${blue.resource.name ?? describeOther(blue.resource)} and ${green.resource.name ?? describeOther(green.resource)}: its selector leaves ${label} open.`,
      related: [blue, green].map((workload) => ({
        at: workload.podLabels!.child(label)!,
        message: `The pods of ${workload.resource.name ?? describeOther(workload.resource)}.`,
      })),
      fixes: colours.map((colour) => ({
        title: `Select ${label}: ${colour}`,
        safe: false,
        edits: () => setValue(selector, [label], colour),
      })),
    };
  },
});
