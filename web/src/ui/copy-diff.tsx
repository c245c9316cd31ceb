import { useTranslation } from 'react-i18next'
import { useToast } from './toast.tsx'

/** Takes a word-level difference along as Markdown with `<ins>` and `<del>`: into a letter, a task, a pull request. */
export function CopyDiff({ markdown }: { markdown: string }) {
  const { t } = useTranslation()
  const say = useToast()
  const copy = async () => {
    try {
      await navigator.clipboard.writeText(markdown)
      say(t('common.copied'))
    } catch {
      say(t('answer.copyFailed'))
    }
  }
  return (
    <button type="button" className="button" onClick={() => void copy()}>
      {t('article.copyDiff')}
    </button>
  )
}
