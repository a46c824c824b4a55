import { stringify } from 'yaml';
import type { KeyPairFiles } from './certificates.ts';

/** Who a kubeconfig speaks for, where to, and how it proves it. */
export interface KubeconfigSubject {
  /** The name of the user; the context is called `slipway-<user>`. */
  readonly user: string;
  /** Such as `https://127.0.0.1:6443`. */
  readonly server: string;
  /** The file of the authority that signed the server's certificate. */
  readonly authority: string;
  readonly credentials: KeyPairFiles | { readonly token: string };
  /** The name to expect in the server's certificate, when it is not that of the address. */
  readonly serverName?: string;
}

/** The name of the cluster in every kubeconfig of the test environment. */
export const clusterName = 'slipway-test';

/** The text of a kubeconfig with one cluster, one user and one context, which is the current one. */
export function kubeconfigText(subject: KubeconfigSubject): string {
  const { user, credentials } = subject;
  const context = `slipway-${user}`;
  return stringify({
    apiVersion: 'v1',
    kind: 'Config',
    clusters: [
      {
        name: clusterName,
        cluster: {
          server: subject.server,
          ...(subject.serverName === undefined ? {} : { 'tls-server-name': subject.serverName }),
          'certificate-authority': subject.authority,
        },
      },
    ],
    users: [
      {
        name: user,
        user:
          'token' in credentials
            ? { token: credentials.token }
            : { 'client-certificate': credentials.certificate, 'client-key': credentials.key },
      },
    ],
    contexts: [{ name: context, context: { cluster: clusterName, user, namespace: 'default' } }],
    'current-context': context,
  });
}
