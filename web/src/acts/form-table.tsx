import { useTranslation } from 'react-i18next'
import { TableFrame } from '../ui/table-frame.tsx'
import type { Provision } from '../api/types.ts'

/** The form of an appendix, as the blank table that it is. */
export function FormTable({ form, label }: { form: NonNullable<Provision['form']>; label: string }) {
  const { t } = useTranslation()
  return (
    <>
      <TableFrame label={label}>
        <table className="form-table">
          <caption className="visually-hidden">{t('act.form')}</caption>
          <thead>
            <tr>
              {form.columns.map((column) => (
                <th key={column.num} scope="col">
                  {column.title}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            <tr className="form-numbers">
              {form.columns.map((column) => (
                <td key={column.num}>{column.num}</td>
              ))}
            </tr>
            <tr aria-hidden="true">
              {form.columns.map((column) => (
                <td key={column.num}>&nbsp;</td>
              ))}
            </tr>
          </tbody>
        </table>
      </TableFrame>
      {form.footer.map((line) => (
        <p key={line} className="form-footer">
          {line}
        </p>
      ))}
    </>
  )
}
