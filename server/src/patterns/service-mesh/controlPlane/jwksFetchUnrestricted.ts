import { defineRule } from '../../../rules/contract.ts';
import { namePlace } from '../../../rules/parts/containers.ts';
import type { SourceNode } from '../../../text/sourceNode.ts';
import { workloadOf } from '../../../workspace/kubernetes/workload.ts';
import { describe, describeOther, type Resource } from '../../../workspace/resource.ts';

const VARIABLE = 'BLOCKED_CIDRS_IN_JWKS_URIS';
const OPERATOR = 'install.istio.io/IstioOperator';
const APPLICATION = 'argoproj.io/Application';

/** The control plane fetches any key set that a RequestAuthentication names, from inside the cluster too. */
export const rule = defineRule({
  id: 'service-mesh/jwks-fetch-unrestricted',
  severity: 'information',
  profile: 'strict',
  types: ['apps/Deployment', OPERATOR, APPLICATION],
  equivalents: ['istioctl:IST0175'],
  *check(resource, graph) {
    const [authentication] = graph
      .all('security.istio.io/RequestAuthentication')
      .filter(({ root }) =>
        (root.find('spec', 'jwtRules')?.items ?? []).some((one) => one.find('jwksUri') || one.lacks('jwks')),
      );
    if (!authentication) return;
    const message = `${describe(resource)} fetches whatever address a RequestAuthentication such as ${describeOther(authentication)} names: ${VARIABLE} is not set.`;
    const related = [
      {
        at: authentication.root.find('metadata', 'name') ?? authentication.root,
        message: 'It makes istiod fetch keys.',
      },
    ];
    if (resource.type !== 'apps/Deployment') {
      const values = valuesOf(resource);
      const pilot = values?.find('pilot');
      if (pilot?.lacks('env', VARIABLE)) yield { at: pilot.keyPlace, message, related };
      return;
    }
    if (resource.root.text('metadata', 'labels', 'app') !== 'istiod') return;
    const { containers } = workloadOf(resource)!;
    const [container] = containers;
    if (!container || !containers.every((one) => lacksVariable(one))) return;
    yield { at: namePlace(container), message, related };
  },
});

function lacksVariable(container: SourceNode): boolean {
  const env = container.find('env');
  if (!container.lacks('envFrom')) return false;
  if (!env) return container.lacks('env');
  if (env.open) return false;
  return env.items.every(
    (item) => item.find('name')?.text() !== undefined && (item.text('name') !== VARIABLE || item.text('value') === ''),
  );
}

/** The values that an operator's object, or an Application, gives to the chart of the control plane. */
function valuesOf({ type, root }: Resource): SourceNode | undefined {
  if (type === OPERATOR) return root.find('spec', 'values');
  return root.text('spec', 'source', 'chart') === 'istiod'
    ? root.find('spec', 'source', 'helm', 'valuesObject')
    : undefined;
}
