import { defineDockerfileRule, placeOf } from './dockerfileRule.ts';
import { fileCopies } from './fileCopies.ts';

const CERTAIN =
  /(?:^|\/)(?:id_(?:rsa|dsa|ecdsa|ed25519)|\.netrc|_netrc|\.git-credentials|\.aws\/credentials|\.kube\/config|\.docker\/config\.json|\.dockercfg|\.pgpass|\.my\.cnf|\.vault-token|kubeconfig)$/;
const LIKELY =
  /(?:^|\/)(?:\.env|\.htpasswd|\.npmrc|\.yarnrc|\.pypirc|\.aws|\.ssh|credentials\.json|service-account\.json|[^/]*\.(?:pem|p12|pfx|jks|keystore|key))$/;

/**
 * What is copied stays in its layer, even when a later RUN deletes it. Files that may as well be harmless (a registry's
 * address in `.npmrc`, a public certificate) are left to the strict profile.
 */
export const rule = defineDockerfileRule({
  id: 'dockerfile/secret-file-copied',
  severity: 'warning',
  profile: 'recommended',
  equivalents: ['hadolint:DL3064', 'trivy:DS-0031'],
  *check(file) {
    for (const { sources, from } of fileCopies(file)) {
      if (from !== undefined) continue;
      for (const { value, span } of sources) {
        if (value === undefined) continue;
        const path = value.replace(/\/+$/, '');
        if (CERTAIN.test(path))
          yield { at: placeOf(file, span), message: `${value} holds secrets and stays in the image.` };
        else if (LIKELY.test(path))
          yield { at: placeOf(file, span), message: `${value} may hold secrets and stays in the image.`, strict: true };
      }
    }
  },
});
