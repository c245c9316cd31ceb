interface SegmentedProps<T extends string> {
  label: string
  options: readonly { value: T; label: string; title?: string; lang?: string }[]
  value: T
  onChange: (value: T) => void
}

/** A few exclusive choices side by side. */
export function Segmented<T extends string>({ label, options, value, onChange }: SegmentedProps<T>) {
  return (
    <div className="segmented" role="group" aria-label={label}>
      {options.map((option) => (
        <button
          key={option.value}
          type="button"
          className="segmented-option"
          aria-pressed={option.value === value}
          title={option.title}
          lang={option.lang}
          onClick={() => onChange(option.value)}
        >
          {option.label}
        </button>
      ))}
    </div>
  )
}
