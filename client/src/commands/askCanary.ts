import { window } from 'vscode';
import { type Canary, canariesOf, turned, versionName } from '../delivery/progressive/canary.ts';
import { type DividingKind, dividingKind } from '../delivery/progressive/dividingRoute.ts';
import { askObject, type ObjectInFile } from './askObject.ts';
import { orDismissed } from './orDismissed.ts';

/** A canary as the workspace writes it. */
export interface CanaryInFile extends ObjectInFile {
  readonly kind: DividingKind;
  readonly canary: Canary;
}

/** Asks which VirtualService, HTTPRoute or GRPCRoute is meant. Where its two versions have the same standing, also which of them is the new one. */
export async function askCanary(argument: unknown, title: string): Promise<CanaryInFile> {
  const found = await askObject(argument, {
    title,
    what: 'routes that divide traffic between two versions',
    mark: /VirtualService|HTTPRoute|GRPCRoute/,
    accepts: (object) => dividingKind(object) !== undefined && canariesOf(object).length > 0,
  });
  const kind = dividingKind(found.object)!;
  const canaries = canariesOf(found.object);
  const readings = canaries.flatMap((canary) => (isPlain(canary) ? [canary] : [canary, turned(canary)]));
  if (readings.length === 1) return { ...found, kind, canary: readings[0]! };
  const choice = await window.showQuickPick(
    readings.map((canary) => ({
      label: `${versionName(canary.canary)} is new`,
      description: `beside ${versionName(canary.stable)} of ${canary.stable.host}, now ${shareInWords(canary)}`,
      canary,
    })),
    { title, placeHolder: 'Which version is the canary?', ignoreFocusOut: true },
  );
  return { ...found, kind, canary: orDismissed(choice).canary };
}

/** The canary's share: `5 %`, or that its routes disagree. */
export function shareInWords({ percent, routes }: Canary): string {
  return percent === undefined ? routes.map((route) => `${route.percent} %`).join(' and ') : `${percent} %`;
}

/** Nobody doubts which version is new while the other has most of the traffic. */
function isPlain({ percent }: Canary): boolean {
  return percent !== undefined && percent <= 50;
}
