/** Text of a tabulator table's configuration, as an administrator would type it. */

/** A table of CSV files with one column of the name and type. */
export function tableConfig(column: string, type = 'STRING'): string {
  return `schema:
  - name: ${column}
    type: ${type}
source:
  type: quilt-packages
  package_name: ^team/.*$
  logical_key: \\.csv$
parser:
  format: csv
  header: true
`;
}
