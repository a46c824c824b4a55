import { defineRule, type Finding } from '../../rules/contract.ts';
import type { SourceNode } from '../../text/sourceNode.ts';
import { describe, type Resource } from '../../workspace/resource.ts';
import { ISTIO_GATEWAY } from './ingressGateways.ts';

/** What Istio's webhook refuses, or warns of, in a server of a Gateway. */
export const rule = defineRule({
  id: 'service-mesh/server-rejected',
  severity: 'error',
  profile: 'recommended',
  types: [ISTIO_GATEWAY],
  equivalents: ['istioctl:IST0106', 'istioctl:IST0133'],
  *check(gateway) {
    const names = new Map<string, SourceNode>();
    for (const server of gateway.root.find('spec', 'servers')?.items ?? []) {
      yield* tlsFaults(server, gateway);
      const name = server.find('port', 'name') ?? server.find('name');
      const twin = name && names.get(name.text() ?? '');
      if (name?.text() !== undefined && twin) {
        yield {
          at: name,
          message: `${describe(gateway)} is rejected: two servers have the port name ${name.text()}.`,
          related: [{ at: twin, message: 'The same name.' }],
        };
      } else if (name?.text() !== undefined) names.set(name.text()!, name);
    }
  },
});

function* tlsFaults(server: SourceNode, gateway: Resource): Iterable<Finding> {
  const protocol = server.find('port', 'protocol');
  const written = protocol?.text()?.toUpperCase();
  const tls = server.find('tls');
  if (!protocol || written === undefined) return;
  const isSecured = written === 'HTTPS' || written === 'TLS';
  if (isSecured && server.lacks('tls')) {
    yield {
      at: protocol,
      message: `${describe(gateway)} is rejected: a server that speaks ${written} needs tls settings.`,
    };
    return;
  }
  if (tls?.kind !== 'map') return;
  const redirect = tls.find('httpsRedirect');
  if (redirect?.boolean() === true && written !== 'HTTP' && written !== 'HTTP2') {
    yield {
      at: redirect,
      severity: 'warning',
      message: `httpsRedirect of ${describe(gateway)} has no effect on a server that speaks ${written}: only plain HTTP can be redirected.`,
    };
  }
  const mode = tls.find('mode');
  const certificates = ['credentialName', 'credentialNames', 'serverCertificate', 'tlsCertificates'];
  if (
    (mode?.text() === 'SIMPLE' || mode?.text() === 'MUTUAL') &&
    isSecured &&
    certificates.every((one) => tls.lacks(one))
  ) {
    yield {
      at: mode,
      message: `${describe(gateway)} is rejected: mode ${mode.text()} needs a credentialName or a serverCertificate.`,
    };
  } else if (mode && (mode.text() === 'PASSTHROUGH' || mode.text() === 'AUTO_PASSTHROUGH')) {
    const idle = certificates.map((one) => tls.find(one)).find((one) => one !== undefined);
    if (idle)
      yield {
        at: idle.keyPlace,
        severity: 'warning',
        message: `${describe(gateway)} passes TLS through without reading it, so ${idle.key} is not used.`,
      };
  }
  if (mode && !isSecured && (written === 'HTTP' || written === 'HTTP2') && mode.text() !== undefined && !redirect) {
    yield {
      at: mode,
      severity: 'warning',
      message: `${describe(gateway)} speaks plain HTTP here, so its tls settings have no effect.`,
    };
  }
}
