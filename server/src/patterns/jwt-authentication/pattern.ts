import { instanceName } from '../../rules/parts/instanceName.ts';
import { definePattern } from '../../rules/pattern.ts';
import type { Resource } from '../../workspace/resource.ts';
import { policySelector, selectedWorkloads } from '../service-mesh/policyScope.ts';
import { applyJwt } from './applyJwt.ts';
import { demandsInVain } from './demandsInVain.ts';
import { AUTHORIZATION_POLICY, demandsToken, policiesBeside, REQUEST_AUTHENTICATION } from './tokenDemand.ts';

export const pattern = definePattern({
  id: 'jwt-authentication',
  title: 'JWT authentication',
  category: 'security',
  summary: 'Checks the signed token of a request with the public key of its issuer, and refuses requests without one.',
  roles: {
    authentication: { title: 'check of the token', required: true },
    authorization: { title: 'policy that demands a token', required: true },
    workload: { title: 'protected workload', required: false },
  },
  *recognize(graph) {
    for (const resource of graph.all(REQUEST_AUTHENTICATION)) {
      const policies = policiesBeside(resource, graph).filter((policy) => demandsToken(policy) === true);
      const isOpen = policiesBeside(resource, graph).some((policy) => demandsToken(policy) === undefined);
      const workloads = policySelector(resource)
        ? selectedWorkloads(resource, graph).workloads.map((workload) => workload.resource)
        : [];
      const participant = (role: string) => (member: Resource) => ({
        role,
        resource: member,
        at: member.root.find('metadata', 'name') ?? member.root,
      });
      yield {
        pattern: 'jwt-authentication',
        name: instanceName(resource, graph),
        participants: [
          participant('authentication')(resource),
          ...policies.map(participant('authorization')),
          ...workloads.map(participant('workload')),
        ],
        missing: policies.length > 0 || isOpen ? [] : ['authorization'],
      };
    }
    for (const policies of demandsInVain(graph)) {
      yield {
        pattern: 'jwt-authentication',
        name: instanceName(policies[0]!, graph),
        participants: policies.map((resource) => ({
          role: 'authorization',
          resource,
          at: resource.root.find('metadata', 'name') ?? resource.root,
        })),
        missing: ['authentication'],
      };
    }
  },
  explanations: [
    {
      types: [REQUEST_AUTHENTICATION],
      path: ['spec', 'jwtRules'],
      text: () =>
        'The tokens that are understood. A request with a wrong or expired token is refused with 401. A request **without** a token passes; only an AuthorizationPolicy with `requestPrincipals` refuses it.',
    },
    {
      types: [REQUEST_AUTHENTICATION],
      path: ['spec', 'jwtRules', '*', 'issuer'],
      text: (field) =>
        `The token's \`iss\` must be exactly this. A request with such a token has the principal \`${field.text() ?? 'issuer'}/<subject>\`, which AuthorizationPolicies match as \`requestPrincipals\`.`,
    },
    {
      types: [REQUEST_AUTHENTICATION],
      path: ['spec', 'jwtRules', '*', 'jwksUri'],
      text: () =>
        "Where the issuer publishes its public keys. Istio's control plane fetches them, not the pod, so it must be reachable from there.",
    },
    {
      types: [REQUEST_AUTHENTICATION],
      path: ['spec', 'jwtRules', '*', 'audiences'],
      text: () =>
        "The token's `aud` must contain one of these. Without it, a token that the issuer made for another application is accepted.",
    },
    {
      types: [REQUEST_AUTHENTICATION],
      path: ['spec', 'jwtRules', '*', 'forwardOriginalToken'],
      text: () => 'The token goes on to the application. Without it, the proxy takes the token out of the request.',
    },
    {
      types: [AUTHORIZATION_POLICY],
      path: ['spec', 'rules', '*', 'from', '*', 'source', 'requestPrincipals'],
      text: () =>
        'Who the token says that the caller is, as `issuer/subject`; `*` stands for anybody with a valid token. A request without a token has no principal and does not match.',
    },
  ],
  apply: applyJwt,
});
