/** Tells Redocly that `x-line-schema` holds a schema: one that is used, and held to the rules like any other. */
export default () => ({
  id: 'lines',
  typeExtension: {
    oas3: (types) => ({
      ...types,
      Schema: { ...types.Schema, properties: { ...types.Schema.properties, 'x-line-schema': 'Schema' } },
    }),
  },
});
