import type { Resource } from '../../workspace/resource.ts';

export const INGRESS = 'networking.k8s.io/Ingress';

/** The class of an Ingress, by its field or the old annotation; `` where none is written. */
export function ingressClass({ root }: Resource): string {
  return (
    root.text('spec', 'ingressClassName') ?? root.text('metadata', 'annotations', 'kubernetes.io/ingress.class') ?? ''
  );
}

/** Annotations by which a cloud's load balancer holds the certificate itself. */
const CERTIFICATE_ANNOTATIONS = [
  'alb.ingress.kubernetes.io/certificate-arn',
  'alb.ingress.kubernetes.io/listen-ports',
  'networking.gke.io/managed-certificates',
  'ingress.gcp.kubernetes.io/pre-shared-cert',
  'appgw.ingress.kubernetes.io/appgw-ssl-certificate',
  'traefik.ingress.kubernetes.io/router.tls',
];

/** TLS ends at a load balancer that is told so by an annotation. */
export function hasCloudCertificate({ root }: Resource): boolean {
  return CERTIFICATE_ANNOTATIONS.some((annotation) => !root.lacks('metadata', 'annotations', annotation));
}

/** Whether a certificate's host, which may begin with `*.`, covers a host of a rule. */
export function coversHost(certificateHost: string, host: string): boolean {
  const [wanted, given] = [host.toLowerCase(), certificateHost.toLowerCase()];
  if (wanted === given) return true;
  return given.startsWith('*.') && wanted.slice(wanted.indexOf('.')) === given.slice(1);
}
