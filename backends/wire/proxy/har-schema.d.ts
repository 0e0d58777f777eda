/** The package has no types of its own. */
declare module 'har-schema' {
  /** JSON Schemas (draft 6) of HAR 1.2 by the name of each object. */
  const schemas: Readonly<Record<string, object>>;
  export default schemas;
}
