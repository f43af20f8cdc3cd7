import { Trash2 } from 'lucide'
import { useState } from 'preact/hooks'
import { uploadFile } from '../../composer/upload-file.ts'
import { Button } from '../../parts/button.tsx'
import { Field, TextArea } from '../../parts/field.tsx'
import { IconButton } from '../../parts/icon-button.tsx'
import { Problem } from '../../settings/parts/confirm.tsx'
import styles from './training.module.css'
import type { Draft } from './training-draft.ts'

type Section = Draft['sections'][number]

export function SectionFields(props: {
  at: number
  section: Section
  isOnly: boolean
  error: (name: string) => string | undefined
  onChange: (patch: Partial<Section>) => void
  onRemove: () => void
}) {
  const { at, section, error } = props
  return (
    <div class={styles.section}>
      <div class={styles.sectionHead}>
        <span>Part {at + 1}</span>
        {!props.isOnly && (
          <IconButton icon={Trash2} label={`Remove part ${at + 1}`} onClick={props.onRemove} />
        )}
      </div>
      <Field
        label={`Heading of part ${at + 1}`}
        maxLength={120}
        value={section.heading}
        error={error('heading')}
        onInput={(event) => props.onChange({ heading: event.currentTarget.value })}
      />
      <TextArea
        label={`Text of part ${at + 1}`}
        rows={6}
        help="An empty line begins a paragraph. A little markup is kept: b, i, ul, ol, li, a."
        value={section.body}
        error={error('body')}
        onInput={(event) => props.onChange({ body: event.currentTarget.value })}
      />
      <PictureField
        at={at}
        picture={section.picture}
        error={error('picture.alt')}
        onChange={(picture) => props.onChange({ picture })}
      />
    </div>
  )
}

function PictureField(props: {
  at: number
  picture: Section['picture']
  error: string | undefined
  onChange: (picture: Section['picture']) => void
}) {
  const { at, picture } = props
  const [problem, setProblem] = useState<string>()
  async function choose(file: File | undefined): Promise<void> {
    if (!file) return
    setProblem(undefined)
    try {
      const { fileId } = await uploadFile(file, '', () => {}).file
      props.onChange({ fileId, alt: picture?.alt ?? '' })
    } catch (error) {
      setProblem(error instanceof Error ? error.message : 'The picture could not be kept. Try again.')
    }
  }
  return (
    <>
      <div class={styles.picture}>
        {picture && <img class={styles.thumb} src={`/api/v1/files/${picture.fileId}/thumbnail`} alt="" />}
        <label class={styles.rightLabel}>
          <span>Picture of part {at + 1}</span>
          <input
            class={styles.file}
            type="file"
            accept="image/*"
            onChange={(event) => void choose(event.currentTarget.files?.[0])}
          />
        </label>
        {picture && (
          <Button size="s" onClick={() => props.onChange(null)}>
            Remove the picture
          </Button>
        )}
      </div>
      {problem !== undefined && <Problem>{problem}</Problem>}
      {picture && (
        <Field
          label="What the picture shows"
          maxLength={200}
          help="For people who do not see it."
          value={picture.alt}
          error={props.error}
          onInput={(event) => props.onChange({ ...picture, alt: event.currentTarget.value })}
        />
      )}
    </>
  )
}
