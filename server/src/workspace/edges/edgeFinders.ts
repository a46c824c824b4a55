import type { EdgeFinder } from '../resourceGraph.ts';
import { argoReferences } from './argoReferences.ts';
import { autoscalerTarget } from './autoscalerTarget.ts';
import { backendService } from './backendService.ts';
import { certificateIssuer } from './certificateIssuer.ts';
import { configuration } from './configuration.ts';
import { fluxSource } from './fluxSource.ts';
import { gatewayOfRoute } from './gatewayOfRoute.ts';
import { gatewayParts } from './gatewayParts.ts';
import { proxyRoutes } from './proxyRoutes.ts';
import { roleBinding } from './roleBinding.ts';
import { rolloutReferences } from './rolloutReferences.ts';
import { routeDestination } from './routeDestination.ts';
import { secretSources } from './secretSources.ts';
import { serviceAccount } from './serviceAccount.ts';
import { storeCredentials } from './storeCredentials.ts';

/** Every reference by name that Slipway follows. Selections by label are in `workspace/selection.ts`. */
export const EDGE_FINDERS: readonly EdgeFinder[] = [
  argoReferences,
  autoscalerTarget,
  backendService,
  certificateIssuer,
  configuration,
  fluxSource,
  gatewayOfRoute,
  gatewayParts,
  proxyRoutes,
  roleBinding,
  rolloutReferences,
  routeDestination,
  secretSources,
  serviceAccount,
  storeCredentials,
];
