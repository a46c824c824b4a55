import { generateKeyPairSync } from 'node:crypto';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { runProgram } from '../processes/runProgram.ts';

/** The two files of one identity. */
export interface KeyPairFiles {
  readonly certificate: string;
  readonly key: string;
}

/** Who holds a certificate of the cluster. */
export type Identity =
  | 'apiServer'
  | 'admin'
  | 'controllerManager'
  | 'scheduler'
  | 'kwok'
  | 'kubeletClient'
  | 'kubelet'
  | 'kubeletServing'
  | 'kubeProxy'
  | 'frontProxy';

/** The certificates of one cluster, all signed by an authority of its own that lives as long as the folder. */
export interface Certificates {
  readonly authority: string;
  readonly serviceAccountKey: string;
  readonly serviceAccountPublicKey: string;
  readonly of: Readonly<Record<Identity, KeyPairFiles>>;
}

interface Subject {
  readonly name: string;
  readonly extensions: readonly string[];
}

const client = ['extendedKeyUsage=clientAuth'];

/** The names follow the cluster's own conventions: groups as organizations, `system:node:<name>` for the kubelet. */
function subjects(nodeName: string, nodeAddress: string, hostAddress: string): Record<Identity, Subject> {
  const apiServerNames = [
    'IP:127.0.0.1',
    `IP:${hostAddress}`,
    'IP:10.96.0.1',
    'DNS:localhost',
    'DNS:kubernetes.default.svc',
  ];
  return {
    apiServer: {
      name: '/CN=kube-apiserver',
      extensions: ['extendedKeyUsage=serverAuth', `subjectAltName=${apiServerNames.join(',')}`],
    },
    admin: { name: '/O=system:masters/CN=admin', extensions: client },
    controllerManager: { name: '/CN=system:kube-controller-manager', extensions: client },
    scheduler: { name: '/CN=system:kube-scheduler', extensions: client },
    kwok: { name: '/O=system:masters/CN=kwok', extensions: client },
    kubeletClient: { name: '/O=system:masters/CN=kube-apiserver-kubelet-client', extensions: client },
    kubelet: { name: `/O=system:nodes/CN=system:node:${nodeName}`, extensions: client },
    kubeletServing: {
      name: `/O=system:nodes/CN=system:node:${nodeName}`,
      extensions: ['extendedKeyUsage=serverAuth', `subjectAltName=IP:${nodeAddress},DNS:${nodeName}`],
    },
    kubeProxy: { name: '/CN=system:kube-proxy', extensions: client },
    frontProxy: { name: '/CN=front-proxy-client', extensions: client },
  };
}

/** Makes all keys and certificates of a cluster in `folder`, with the openssl command (3.0 or newer). */
export async function createCertificates(
  folder: string,
  node: { readonly name: string; readonly address: string; readonly hostAddress: string },
): Promise<Certificates> {
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const configuration = join(folder, 'openssl.cnf');
  // The system's configuration would make every certificate an authority.
  writeFileSync(configuration, '[req]\ndistinguished_name = name\n[name]\n');
  const authority = keyPairFiles(folder, 'authority');
  const create = async (files: KeyPairFiles, { name, extensions }: Subject, signer: readonly string[]) => {
    await runProgram('openssl', [
      ...['req', '-x509', '-config', configuration, '-days', '30', '-subj', name],
      ...['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes'],
      ...['-out', files.certificate, '-keyout', files.key],
      ...extensions.flatMap((extension) => ['-addext', extension]),
      ...signer,
    ]);
  };
  const isAuthority = ['basicConstraints=critical,CA:TRUE', 'keyUsage=critical,keyCertSign'];
  await create(authority, { name: '/CN=slipway-test-authority', extensions: isAuthority }, []);
  const signer = ['-CA', authority.certificate, '-CAkey', authority.key];
  const identities = Object.entries(subjects(node.name, node.address, node.hostAddress));
  await Promise.all(
    identities.map(([identity, { name, extensions }]) => {
      const leaf = { name, extensions: ['basicConstraints=critical,CA:FALSE', ...extensions] };
      return create(keyPairFiles(folder, identity), leaf, signer);
    }),
  );
  const serviceAccount = generateKeyPairSync('rsa', {
    modulusLength: 2048,
    publicKeyEncoding: { type: 'spki', format: 'pem' },
    privateKeyEncoding: { type: 'pkcs1', format: 'pem' },
  });
  const serviceAccountKey = join(folder, 'serviceAccount.key');
  const serviceAccountPublicKey = join(folder, 'serviceAccount.pub');
  writeFileSync(serviceAccountKey, serviceAccount.privateKey, { mode: 0o600 });
  writeFileSync(serviceAccountPublicKey, serviceAccount.publicKey);
  const of = Object.fromEntries(identities.map(([identity]) => [identity, keyPairFiles(folder, identity)]));
  return {
    authority: authority.certificate,
    serviceAccountKey,
    serviceAccountPublicKey,
    of: of as Record<Identity, KeyPairFiles>,
  };
}

function keyPairFiles(folder: string, name: string): KeyPairFiles {
  return { certificate: join(folder, `${name}.crt`), key: join(folder, `${name}.key`) };
}
