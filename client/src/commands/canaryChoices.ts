import { window } from 'vscode';
import { slipwaySettings } from '../adapters/slipwaySettings.ts';
import type { CanaryPlan } from '../delivery/progressive/canaryState.ts';
import { orDismissed } from './orDismissed.ts';

/** The steps of the settings, put in order; 100 is always the last. */
export function canaryPlan(): CanaryPlan {
  const shares = slipwaySettings.canarySteps().filter((share) => Number.isInteger(share) && share > 0 && share < 100);
  const steps = [...new Set(shares), 100].sort((a, b) => a - b);
  return { steps, stepMilliseconds: Math.max(1_000, slipwaySettings.canaryStepMilliseconds()) };
}

/** Where Prometheus answers: as the setting says, else as the person does. */
export async function askPrometheus(title: string): Promise<string> {
  return (
    slipwaySettings.prometheus() ||
    orDismissed(
      await window.showInputBox({
        title,
        prompt: 'Where does Prometheus answer? It decides whether the canary goes on.',
        placeHolder: 'https://prometheus.example.com, or monitoring/prometheus:9090 in the cluster',
        ignoreFocusOut: true,
        validateInput: (text) =>
          /^https?:\/\/[^\s/]+|^[a-z0-9-]+\/[a-z0-9-]+(?::\w[\w-]*)?/.test(text)
            ? undefined
            : 'Write https://host, or namespace/service:port.',
      }),
    )
  );
}
