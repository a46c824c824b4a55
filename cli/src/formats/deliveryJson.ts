import type { DeliveryOutput } from './deliveryOutput.ts';

/** Every event as one line of JSON, as it happens; the last line says how it ended. Secrets are masked in the events. */
export function deliveryJson(write: (text: string) => void): DeliveryOutput {
  const line = (value: object): void => write(`${JSON.stringify(value)}\n`);
  return {
    event: (event) => line(event),
    ended: ({ exitCode, failure, remains, status }) =>
      line({ type: 'ended', status, exitCode, remains, ...(failure ? { failure } : {}) }),
  };
}
