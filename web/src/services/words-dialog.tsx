import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useState, type ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { useToast } from '../ui/toast.tsx'
import { DialogForm } from './dialog-form.tsx'
import { refreshServices } from './queries.ts'
import { TextField } from './text-field.tsx'

interface WordsDialogProps {
  title: string
  submit: string
  /** Of the field. */
  label: string
  /** What is told when it is done. */
  said: string
  /** Fewer letters say nothing; 3 unless told. */
  least?: number
  maxLength: number
  /** Lines of the field. */
  rows: number
  /** Sends the words, without the blanks around them. */
  run: (words: string) => Promise<unknown>
  onClose: () => void
  /** Above the field. */
  intro?: ReactNode
  /** Below the field. */
  children?: ReactNode
}

/** A dialog that does something to a service or a request with words: a reason, an answer, information. */
export function WordsDialog(props: WordsDialogProps) {
  const { title, submit, label, said, least = 3, maxLength, rows, run, onClose, intro, children } = props
  const { t } = useTranslation()
  const queries = useQueryClient()
  const say = useToast()
  const [words, setWords] = useState('')
  const [tried, setTried] = useState(false)
  const isShort = words.trim().length < least
  const send = useMutation({
    mutationFn: () => run(words.trim()),
    onSuccess: async () => {
      await refreshServices(queries)
      say(said)
      onClose()
    },
  })
  return (
    <DialogForm
      title={title}
      submit={submit}
      isPending={send.isPending}
      error={send.error}
      onClose={onClose}
      onSubmit={() => {
        setTried(true)
        if (!isShort) send.mutate()
      }}
    >
      {intro}
      <TextField
        label={label}
        value={words}
        onChange={setWords}
        rows={rows}
        maxLength={maxLength}
        error={tried && isShort ? t('services.fillIn') : null}
      />
      {children}
    </DialogForm>
  )
}
