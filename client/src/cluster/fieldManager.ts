/** The name under which Slipway owns the fields that it writes. */
export const fieldManager = 'slipway';
