import { replaceValue } from '../../languages/yaml/yamlEdits.ts';
import { defineRule } from '../../rules/contract.ts';
import { describe } from '../../workspace/resource.ts';
import { hasResource, onlyGroupOf } from './builtInResources.ts';
import { isBuiltIn, ROLE_TYPES, rightsOf } from './rights.ts';

/** A resource under a group that does not have it gives no right: the caller is refused with 403. */
export const rule = defineRule({
  id: 'rbac-authorization/resource-of-other-group',
  severity: 'warning',
  profile: 'recommended',
  types: ROLE_TYPES,
  *check(resource) {
    if (isBuiltIn(resource)) return;
    for (const { at, groups, resources } of rightsOf(resource)) {
      if (groups.size === 0 || at.find('apiGroups')?.known !== true) continue;
      const names = [...groups.keys()];
      for (const [written, node] of resources) {
        const plain = written.split('/', 1)[0]!;
        const group = onlyGroupOf(plain);
        if (group === undefined || names.some((name) => hasResource(name, plain) !== false)) continue;
        const isAlone =
          names.length === 1 && [...resources.keys()].every((other) => onlyGroupOf(other.split('/', 1)[0]!) === group);
        yield {
          at: node,
          message: `${describe(resource)} gives no right on ${written}, which is in the API group ${JSON.stringify(group)}, not in ${names.map((name) => JSON.stringify(name)).join(', ')}.`,
          related: [{ at: at.find('apiGroups')!, message: 'The API groups of this right.' }],
          fixes: isAlone
            ? [
                {
                  title: `Use the API group ${JSON.stringify(group)}`,
                  safe: false,
                  edits: () =>
                    node === [...resources.values()][0]
                      ? [replaceValue(groups.get(names[0]!)!, JSON.stringify(group))]
                      : [],
                },
              ]
            : [],
        };
      }
    }
  },
});
