import { mirroredRegistries } from './pushImage.ts';

/** The text of the registry's configuration. It keeps its images in a folder and speaks plain HTTP. */
export function registryConfiguration(listenAddress: string, storageFolder: string): string {
  return JSON.stringify({
    version: '0.1',
    log: { level: 'warn', accesslog: { disabled: true } },
    storage: { filesystem: { rootdirectory: storageFolder }, delete: { enabled: true } },
    http: { addr: listenAddress },
  });
}

/**
 * The text of BuildKit's configuration: public names are answered by the test registry, which speaks plain HTTP
 * under each of its addresses.
 */
export function buildkitConfiguration(registryAddresses: readonly [string, ...string[]]): string {
  const [mirror] = registryAddresses;
  const section = (registry: string, setting: string) => `[registry."${registry}"]\n  ${setting}\n`;
  return [
    '[worker.containerd]\n  enabled = false\n',
    '[worker.oci]\n  enabled = true\n  gc = false\n  networkMode = "host"\n',
    ...registryAddresses.map((address) => section(address, 'http = true')),
    section('docker.io', `mirrors = ["${mirror}"]`),
    ...mirroredRegistries.map((registry) => section(registry, `mirrors = ["${mirror}/${registry}"]`)),
  ].join('\n');
}

/**
 * Variables for programs that may ask the test registry and nobody else: requests to other hosts go to a proxy
 * that does not exist and fail at once, so that no test can pass because of the internet.
 */
export function withoutInternet(registryAddresses: readonly string[]): Record<string, string> {
  const nowhere = 'http://127.0.0.1:9';
  const hosts = registryAddresses.map((address) => address.split(':')[0]!);
  const exceptions = [...new Set(['localhost', '127.0.0.1', ...hosts])].join(',');
  return {
    HTTP_PROXY: nowhere,
    HTTPS_PROXY: nowhere,
    NO_PROXY: exceptions,
    http_proxy: nowhere,
    https_proxy: nowhere,
    no_proxy: exceptions,
  };
}
