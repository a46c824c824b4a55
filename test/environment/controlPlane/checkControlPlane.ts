import { controlPlaneRequirements, describeMissingPackages, missingPackages } from '../tools/systemPackages.ts';
import { controlPlaneTools, missingForBuild } from '../tools/tools.ts';

/** One line that says why no control plane can run on this machine, or `undefined`. It needs no rights. */
export function checkControlPlane(): string | undefined {
  if (process.platform !== 'linux') return 'it needs Linux';
  const missing = missingPackages(controlPlaneRequirements);
  return missing.length === 0 ? missingForBuild(controlPlaneTools) : describeMissingPackages(missing);
}
