/** The form of a SMUS manifest folder. */
export interface Manifest {
  readonly form: 'manifest';
  readonly format: 'SMUS manifest';
  readonly path: string;
}
