import { cancelled } from '../cluster/cancellation.ts';
import { Failure } from '../cluster/failure.ts';
import type { KubeApi } from '../cluster/kubeApi.ts';
import type { MetricsSource } from '../delivery/progressive/measureVersion.ts';

const answerTimeoutMilliseconds = 15_000;

/**
 * Prometheus by its HTTP API. The address is `https://…`, or `monitoring/prometheus:9090` for a Service of the cluster,
 * which is then asked through the API server's proxy with the person's own rights.
 */
export function prometheus(address: string, api: KubeApi): MetricsSource {
  const ask = /^https?:\/\//.test(address) ? askByUrl(address) : askByProxy(address, api);
  return {
    query: async (expression, signal) => {
      const answer = await ask(`/api/v1/query?query=${encodeURIComponent(expression)}`, signal);
      return sampleOf(answer, address);
    },
  };
}

type Ask = (path: string, signal: AbortSignal) => Promise<unknown>;

function askByUrl(address: string): Ask {
  return async (path, signal) => {
    try {
      const response = await fetch(`${address.replace(/\/+$/, '')}${path}`, {
        signal: AbortSignal.any([signal, AbortSignal.timeout(answerTimeoutMilliseconds)]),
        headers: { Accept: 'application/json' },
      });
      return await response.json();
    } catch (error) {
      if (signal.aborted) throw cancelled();
      const cause = error instanceof Error && error.cause instanceof Error ? error.cause.message : String(error);
      throw new Failure('unreachable', `Prometheus at ${withoutCredentials(address)} gave no answer.`, { said: cause });
    }
  };
}

function askByProxy(address: string, api: KubeApi): Ask {
  const parts = /^([^/:]+)\/([^/:]+)(?::(\w[\w-]*))?(\/.*)?$/.exec(address);
  if (!parts) {
    throw new Failure('invalid', `${address} is no address of Prometheus.`, {
      advice: 'Write https://host, or namespace/service:port for a Service of the cluster.',
    });
  }
  const [, namespace = '', service = '', port = '9090', prefix = ''] = parts;
  const root = `/api/v1/namespaces/${namespace}/services/${service}:${port}/proxy${prefix.replace(/\/+$/, '')}`;
  return (path, signal) => api.get(`${root}${path}`, signal);
}

interface QueryAnswer {
  readonly status?: string;
  readonly error?: string;
  readonly data?: { readonly resultType?: string; readonly result?: unknown };
}

function sampleOf(answer: unknown, address: string): number | undefined {
  const { data, error, status } = (answer ?? {}) as QueryAnswer;
  if (status !== 'success') {
    throw new Failure('unreachable', `Prometheus at ${withoutCredentials(address)} could not answer.`, {
      said: error ?? '',
    });
  }
  const { result, resultType } = data ?? {};
  const sample = resultType === 'scalar' ? result : (result as { value?: unknown }[] | undefined)?.[0]?.value;
  const value = Array.isArray(sample) ? Number(sample[1]) : Number.NaN;
  return Number.isFinite(value) ? value : undefined;
}

function withoutCredentials(address: string): string {
  return address.replace(/\/\/[^/@]*@/, '//');
}
