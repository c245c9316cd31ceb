-- Drafts made before replies said which questions they leave open: every question without an answer was one.
UPDATE "reply_draft" SET "parts" = coalesce((
  SELECT jsonb_agg(part || jsonb_build_object('isOpen', part ->> 'status' = 'no_answer') ORDER BY place)
  FROM jsonb_array_elements("parts") WITH ORDINALITY AS held(part, place)
), '[]'::jsonb);
