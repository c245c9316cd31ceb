import type { KeyboardEvent, Ref } from 'react'
import { useTranslation } from 'react-i18next'
import { Icon } from '../ui/icon.tsx'
import { Kbd } from '../ui/kbd.tsx'

interface SearchFieldProps {
  ref: Ref<HTMLInputElement>
  value: string
  busy: boolean
  onChange: (value: string) => void
  onKeyDown: (event: KeyboardEvent<HTMLInputElement>) => void
  onClear: () => void
}

export function SearchField({ ref, value, busy, onChange, onKeyDown, onClear }: SearchFieldProps) {
  const { t } = useTranslation()
  return (
    <div className="search-field" data-busy={busy}>
      <Icon name="search" size={20} />
      <input
        ref={ref}
        type="search"
        name="q"
        aria-label={t('search.field')}
        aria-describedby="found"
        placeholder={t('search.placeholder')}
        autoComplete="off"
        autoCorrect="off"
        spellCheck={false}
        maxLength={400}
        enterKeyHint="search"
        autoFocus
        value={value}
        onChange={(event) => onChange(event.target.value)}
        onKeyDown={onKeyDown}
      />
      {value === '' ? (
        <span className="search-field-hint" aria-hidden="true">
          <Kbd>/</Kbd>
        </span>
      ) : (
        <button
          type="button"
          className="icon-button"
          aria-label={t('search.clear')}
          title={`${t('search.clear')} (Esc)`}
          onClick={onClear}
        >
          <Icon name="close" />
        </button>
      )}
    </div>
  )
}
