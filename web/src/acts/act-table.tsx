import type { Provision } from '../api/types.ts'
import { TableFrame } from '../ui/table-frame.tsx'

/** A table of the act as it stands there. */
export function ActTable({ table, label }: { table: NonNullable<Provision['table']>; label: string }) {
  return (
    <TableFrame label={label}>
      <table className="act-table">
        <tbody>
          {table.rows.map((row, index) => (
            <tr key={index}>
              {row.cells.map((cell, column) => {
                const Cell = cell.header ? 'th' : 'td'
                return (
                  <Cell key={column} colSpan={cell.colspan} rowSpan={cell.rowspan}>
                    {cell.lines.map((line, at) => (
                      <p key={at}>{line}</p>
                    ))}
                  </Cell>
                )
              })}
            </tr>
          ))}
        </tbody>
      </table>
    </TableFrame>
  )
}
