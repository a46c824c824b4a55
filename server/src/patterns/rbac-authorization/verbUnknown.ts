import { replaceValue } from '../../languages/yaml/yamlEdits.ts';
import { defineRule } from '../../rules/contract.ts';
import { describe } from '../../workspace/resource.ts';
import { hasResource } from './builtInResources.ts';
import { isBuiltIn, ROLE_TYPES, rightsOf } from './rights.ts';

const VERBS = new Set([
  '*',
  'get',
  'list',
  'watch',
  'create',
  'update',
  'patch',
  'delete',
  'deletecollection',
  'use',
  'bind',
  'escalate',
  'impersonate',
  'approve',
  'sign',
  'attest',
  'proxy',
  'request-serviceaccounts-token-audience',
]);

/** What people mean by verbs that Kubernetes does not have. */
const MEANT: Readonly<Record<string, string>> = {
  read: 'get',
  view: 'get',
  show: 'get',
  describe: 'get',
  write: 'update',
  edit: 'update',
  modify: 'update',
  apply: 'patch',
  remove: 'delete',
  add: 'create',
  post: 'create',
  put: 'update',
  deletecollections: 'deletecollection',
};

/** Of the verbs of an ordinary resource, what these subresources have. */
const OF_SUBRESOURCE: Readonly<Record<string, readonly string[]>> = {
  'pods/exec': ['create', 'get'],
  'pods/attach': ['create', 'get'],
  'pods/portforward': ['create', 'get'],
  'pods/log': ['get'],
  'pods/eviction': ['create'],
  'pods/binding': ['create'],
  'serviceaccounts/token': ['create'],
};

/** A verb that a resource does not have gives no right. */
export const rule = defineRule({
  id: 'rbac-authorization/verb-unknown',
  severity: 'warning',
  profile: 'recommended',
  types: ROLE_TYPES,
  *check(resource) {
    if (isBuiltIn(resource)) return;
    for (const { groups, resources, verbs } of rightsOf(resource)) {
      // APIs of others may have verbs of their own.
      const names = [...resources.keys()];
      const isOurs =
        names.length > 0 &&
        names.every((name) => [...groups.keys()].some((group) => hasResource(group, name.split('/', 1)[0]!) === true));
      if (!isOurs) continue;
      for (const [verb, node] of verbs) {
        const meant = MEANT[verb.toLowerCase()] ?? (VERBS.has(verb.toLowerCase()) ? verb.toLowerCase() : undefined);
        if (!VERBS.has(verb)) {
          yield {
            at: node,
            message: `${verb} is no verb of Kubernetes, so ${describe(resource)} gives no right by it.`,
            fixes:
              meant !== undefined && !verbs.has(meant)
                ? [{ title: `Use ${meant}`, safe: false, edits: () => [replaceValue(node, JSON.stringify(meant))] }]
                : [],
          };
          continue;
        }
        const deaf = names.filter(
          (name) => verb !== '*' && OF_SUBRESOURCE[name] && !OF_SUBRESOURCE[name].includes(verb),
        );
        if (deaf.length > 0 && deaf.length === names.length)
          yield {
            at: node,
            message: `${deaf.join(', ')} cannot be asked to ${verb}, so ${describe(resource)} gives no right by it.`,
            strict: true,
            severity: 'information',
          };
      }
    }
  },
});
