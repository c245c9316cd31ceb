import { useId, useState } from 'react'
import { useTranslation } from 'react-i18next'

type FileDropProps = {
  label: string
  hint: string
  /** Extensions that the chooser offers. */
  accept: string
  chosen: string | null
  error?: string | null
} & ({ onFile: (file: File) => void } | { onFiles: (files: readonly File[]) => void })

/** A place to drop a file on, or several; the keyboard reaches the browser's own chooser behind it. */
export function FileDrop({ label, hint, accept, chosen, error = null, ...taking }: FileDropProps) {
  const { t } = useTranslation()
  const id = useId()
  const [over, setOver] = useState(false)
  const isMany = 'onFiles' in taking
  const take = (files: readonly File[]) => {
    const [file] = files
    if (file === undefined) return
    if ('onFiles' in taking) taking.onFiles(files)
    else taking.onFile(file)
  }
  return (
    <div
      className="file-drop"
      data-over={over}
      onDragOver={(event) => {
        event.preventDefault()
        setOver(true)
      }}
      onDragLeave={(event) => {
        if (!event.currentTarget.contains(event.relatedTarget as Node | null)) setOver(false)
      }}
      onDrop={(event) => {
        event.preventDefault()
        setOver(false)
        take([...event.dataTransfer.files])
      }}
    >
      <span id={`${id}-label`} className="file-drop-label">
        {label}
      </span>
      <input
        id={id}
        type="file"
        className="file-drop-input"
        accept={accept}
        multiple={isMany}
        aria-labelledby={`${id}-label`}
        aria-invalid={error !== null}
        aria-describedby={`${id}-chosen ${id}-hint ${id}-error`}
        onChange={(event) => {
          const files = [...(event.target.files ?? [])]
          // The same file, mended and chosen again, is a change too.
          event.target.value = ''
          take(files)
        }}
      />
      <p className="file-drop-line">
        <label htmlFor={id} className="button">
          {t(isMany ? 'services.chooseMany' : 'services.choose')}
        </label>
        <span id={`${id}-chosen`}>{chosen ?? t(isMany ? 'services.orDropMany' : 'services.orDrop')}</span>
      </p>
      <p id={`${id}-hint`} className="form-hint">
        {hint}
      </p>
      <p id={`${id}-error`} className="form-error" role="alert">
        {error}
      </p>
    </div>
  )
}
