import { defineRule } from '../../rules/contract.ts';
import { describe } from '../../workspace/resource.ts';
import { BINDING_TYPES } from './rights.ts';

const EVERYONE: Readonly<Record<string, string>> = {
  'system:anonymous': 'everyone who reaches the API server, without a password',
  'system:unauthenticated': 'everyone who reaches the API server, without a password',
  'system:authenticated': 'everyone who has any account of the cluster',
  'system:serviceaccounts': 'every pod of the cluster',
  'system:masters': 'a group that no rule can take rights from',
};

/** Roles that are meant for everyone: health, version and discovery, and the ConfigMap that new nodes read. */
const PUBLIC_ROLES =
  /^(?:system:(?:discovery|public-info-viewer|basic-user|service-account-issuer-discovery)|kubeadm:.*)$/;

/** A binding to a group of the system gives its rights to people and pods that nobody has chosen. */
export const rule = defineRule({
  id: 'rbac-authorization/system-subject-bound',
  severity: 'error',
  profile: 'recommended',
  types: BINDING_TYPES,
  equivalents: [
    'trivy:KSV-0122',
    'trivy:KSV-0123',
    'trivy:KSV-01011',
    'gatekeeper:disallowanonymous',
    'kyverno:restrict-binding-system-groups',
    'kubescape:anonymous-access-enabled',
    'kubescape:system-authenticated-allowed-to-take-over-cluster',
  ],
  *check(resource) {
    const role = resource.root.text('roleRef', 'name') ?? '';
    if (PUBLIC_ROLES.test(role) || resource.name === 'cluster-admin') return;
    for (const subject of resource.root.find('subjects')?.items ?? []) {
      const name = subject.find('name');
      const who = EVERYONE[name?.text() ?? ''];
      if (!name || who === undefined) continue;
      const isAnonymous = name.text() === 'system:anonymous' || name.text() === 'system:unauthenticated';
      yield {
        at: name,
        message: `${describe(resource)} gives the role ${role} to ${who}.`,
        ...(isAnonymous ? {} : { strict: true, severity: 'warning' as const }),
      };
    }
  },
});
