import { defineRule } from '../../rules/contract.ts';
import { VIRTUAL_SERVICE } from '../../workspace/istio/destinationRules.ts';
import { describe } from '../../workspace/resource.ts';
import { INGRESS } from '../network/ingresses.ts';

/** Every site that a user visits may then call the API with the user's cookies and read the answers. */
export const rule = defineRule({
  id: 'api-gateway/credentials-for-every-origin',
  severity: 'warning',
  profile: 'recommended',
  types: [VIRTUAL_SERVICE, INGRESS],
  *check(resource) {
    const message = `${describe(resource)} lets every site call it with the cookies of whoever visits that site, and read the answers.`;
    if (resource.type === INGRESS) {
      const annotations = resource.root.find('metadata', 'annotations');
      const at = annotations?.find('nginx.ingress.kubernetes.io/cors-allow-origin');
      const isOn = annotations?.text('nginx.ingress.kubernetes.io/enable-cors') === 'true';
      const credentials = 'nginx.ingress.kubernetes.io/cors-allow-credentials';
      // ingress-nginx allows credentials where nothing is written.
      const origins = at?.text()?.split(',') ?? [];
      if (!isOn || !at || !origins.some((origin) => origin.trim() === '*')) return;
      if (annotations!.lacks(credentials) || annotations!.text(credentials) === 'true') yield { at, message };
      return;
    }
    for (const route of resource.root.find('spec', 'http')?.items ?? []) {
      const policy = route.find('corsPolicy');
      if (policy?.boolean('allowCredentials') !== true) continue;
      for (const origin of policy.find('allowOrigins')?.items ?? []) {
        const at = origin.find('exact') ?? origin.find('prefix') ?? origin.find('regex');
        const text = at?.text();
        const isEvery =
          (at?.key === 'exact' && text === '*') ||
          (at?.key === 'regex' && /^\^?\.[*+]\$?$/.test(text ?? '')) ||
          (at?.key === 'prefix' && /^(?:https?:\/\/)?$/.test(text ?? 'x'));
        if (at && isEvery) yield { at, message };
      }
    }
  },
});
