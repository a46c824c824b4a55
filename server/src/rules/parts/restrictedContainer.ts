/**
 * The security context of a container that needs no rights: what the restricted profile of the Pod Security Standards
 * asks of it, and a root file system that cannot be written. A new object each time, so that no document shares it.
 */
export function restrictedContainer(): object {
  return {
    allowPrivilegeEscalation: false,
    privileged: false,
    readOnlyRootFilesystem: true,
    runAsNonRoot: true,
    capabilities: { drop: ['ALL'] },
  };
}
