"""Which test would fail if a line of the law's checklist, or a fact that is easy to get wrong, were got wrong.

``LINES`` are the lines of NĐ 30/2020/NĐ-CP, Phụ lục VI, as documents.md §1.16 lists them; ``FACTS`` those of its §7 by
number. Each names tests by file and function. What names no behaviour, or has none here yet, stands in
``docs/coverage.md``; ``tests/house/test_covered.py`` holds the two together.
"""

# ruff: noqa: E501 - names of tests are as long as they are
from __future__ import annotations

DOCUMENTS, DESK, TYPESET = "domains/documents", "faces/desk", "engines/typeset"
EXCHANGE, SIGNING, FILES, JOURNEYS = "engines/exchange", "engines/signing", "domains/workfiles", "journeys"

# A design, B create and follow, C connect, D security, E files, F preservation, G search and use, H metadata,
# I recall, K administration, L outputs.
LINES: dict[str, tuple[str, ...]] = {
    "A1 whole procedure": (f"{DESK}/test_document_journey.py::test_a_document_goes_its_whole_way",),
    "A2 integration": (f"{JOURNEYS}/test_document_exchange.py::test_each_step_is_told_to_the_sender_once",),
    "A3 access counts": (f"{DOCUMENTS}/test_sharing.py::test_looks_are_counted_and_cannot_be_taken_back",),
    "A4 authenticity, integrity": (f"{JOURNEYS}/test_document_checks.py::test_one_byte_changed_is_found_and_proposed_for_return",),
    "A5 storage by retention": (f"{FILES}/test_filing.py::test_retention_is_never_below_the_table",),
    "A7 usable": (f"{DESK}/test_document_journey.py::test_a_document_goes_its_whole_way",),
    "A8 sign and verify": (f"{DOCUMENTS}/test_outgoing.py::test_pdfsig_agrees",),
    "B1 new document, convert format": (
        f"{DESK}/test_outgoing.py::test_word_takes_the_place_of_the_text",
        f"{TYPESET}/test_word.py::test_exported_draft_can_be_read_again",
    ),
    "B2 attach": (f"{EXCHANGE}/test_taking_in.py::test_attachments_become_files_of_who_registers",),
    "B3 identifier of outgoing documents": (
        f"{JOURNEYS}/test_document_exchange.py::test_an_issued_document_goes_out_with_its_signed_file_and_states_come_back",
    ),
    "B4 show urgency": (
        f"{DESK}/test_incoming.py::test_lists_have_the_urgent_first_and_real_counts",
        f"{TYPESET}/test_layout.py::test_urgency_is_a_red_frame_of_its_size",
    ),
    "B5 numbers by time in the year": (
        f"{DOCUMENTS}/test_registering.py::test_number_of_arrival_is_one_series_of_the_year_whatever_the_channel",
        f"{DOCUMENTS}/test_outgoing.py::test_signed_on_the_last_day_and_issued_in_the_new_year_takes_the_new_years_number",
    ),
    "B6 automatic notice of receipt": (f"{EXCHANGE}/test_taking_in.py::test_a_document_is_read_told_and_answered_with_01",),
    "B7 fields filled by the system": (
        f"{FILES}/test_metadata.py::test_what_the_system_must_fill",
        f"{DESK}/test_papers.py::test_metadata_stand_in_the_order_of_the_law",
    ),
    "B8 warn of duplicates": (
        f"{DOCUMENTS}/test_registering.py::test_the_same_document_again_is_refused_until_the_clerk_says_it_is_another",
        f"{EXCHANGE}/test_taking_in.py::test_the_same_issuer_and_code_under_another_identifier_is_flagged",
    ),
    "B9 notify new documents": (
        f"{DOCUMENTS}/test_registering.py::test_what_was_registered_waits_for_the_leader_it_is_presented_to",
        f"{DESK}/test_inbox.py::test_rows_say_what_waits_and_unread_ones_are_marked",
    ),
    "B10 receipt at recipients": (
        f"{JOURNEYS}/test_document_exchange.py::test_an_issued_document_goes_out_with_its_signed_file_and_states_come_back",
    ),
    "B11 statistics, follow-up, reminders": (
        f"{DOCUMENTS}/test_statistics.py::test_a_figure_moves_with_one_record",
        f"{DOCUMENTS}/test_registers.py::test_the_follow_up_book_names_terms_progress_and_the_reply",
        "domains/tasks/test_reminding.py::test_soon_late_and_long_late",
    ),
    "B12 distribution by the competent person": (f"{DOCUMENTS}/test_directing.py::test_only_leaders_of_the_agency_direct",),
    "B13 read, change, return drafts": (
        f"{DOCUMENTS}/test_outgoing.py::test_nobody_but_the_posts_on_its_way_reads_a_draft",
        f"{DESK}/test_outgoing.py::test_returned_to_the_head_who_sees_what_to_change",
    ),
    "B14 processing seen by the sender": (f"{JOURNEYS}/test_document_exchange.py::test_each_step_is_told_to_the_sender_once",),
    "C1 historic archive": (f"{FILES}/test_archive.py::test_a_package_is_well_formed_complete_and_the_same_every_time",),
    "C2 mobile devices": (f"{DESK}/test_document_journey.py::test_a_document_goes_its_whole_way",),
    "C3 other systems": (f"{EXCHANGE}/test_ways.py::test_the_hub_takes_a_signed_sending",),
    "D1 levels": (f"{DOCUMENTS}/test_registering.py::test_a_secret_placeholder_has_no_subject_where_the_agency_allows_it",),
    "D2 rights per file and document": (
        f"{FILES}/test_filing.py::test_a_restricted_record_is_refused",
        f"{DOCUMENTS}/test_outgoing.py::test_nobody_but_the_posts_on_its_way_reads_a_draft",
    ),
    "D3 alert on changed access until confirmed": (
        f"{DOCUMENTS}/test_sharing.py::test_a_reader_added_by_hand_is_an_alert_until_a_leader_confirms",
    ),
    "E1 list of files": (f"{FILES}/test_lists.py::test_approved_by_the_head_issued_by_the_clerk_then_opened_from",),
    "E2 code of a file": (f"{FILES}/test_filing.py::test_opened_outside_the_list_with_a_code_of_its_own",),
    "E3 ordinals": (f"{FILES}/test_filing.py::test_weeding_leaves_a_trace_and_ordinals_are_not_given_again",),
    "E4 joined by the code": (f"{DESK}/test_papers.py::test_one_document_lies_in_files_without_a_copy",),
    "E5 files of an account": (f"{FILES}/test_filing.py::test_reading_and_statements",),
    "E6 one document in many files": (f"{FILES}/test_filing.py::test_one_document_in_many_files_without_a_copy",),
    "E7 export whole": (f"{FILES}/test_archive.py::test_the_whole_file_as_xml_and_pdf_in_chronological_order",),
    "F1 directions, drafts, comments, views kept": (
        f"{DOCUMENTS}/test_outgoing.py::test_every_version_is_kept_and_initials_hold_for_one_version_only",
        f"{DOCUMENTS}/test_directing.py::test_everybody_who_reads_may_speak_and_leaders_are_marked",
        f"{DESK}/test_papers.py::test_pages_are_counted_and_the_list_is_for_those_answerable",
    ),
    "F2 thirty days before the archive": (f"{FILES}/test_archive.py::test_thirty_days_before_the_archive_is_told_once",),
    "F3 submitted to the archive": (f"{FILES}/test_archive.py::test_the_archive_accepts_or_returns_with_a_reason",),
    "F4 integrity": (f"{EXCHANGE}/test_taking_in.py::test_a_kept_message_cannot_be_changed_or_removed",),
    "F7 backup and restore": (
        "boot/test_backup.py::test_backup_and_restore_give_back_rows_files_and_a_verifying_trail",
    ),
    "G1 counts per document and system": (
        f"{DOCUMENTS}/test_sharing.py::test_looks_are_counted_and_cannot_be_taken_back",
        f"{DOCUMENTS}/test_statistics.py::test_every_figure_is_as_worked_out_and_its_list_counts_the_same",
    ),
    "G2 rights on archived files": (f"{FILES}/test_filing.py::test_a_restricted_record_is_refused",),
    "G3 every field and full text": (
        f"{DOCUMENTS}/test_finding.py::test_every_field_narrows_to_the_document_that_has_it",
        f"{DOCUMENTS}/test_finding.py::test_words_of_files_are_found_in_word_and_pdf_once_they_were_read",
    ),
    "G4 chosen columns": (f"{DESK}/test_finding.py::test_columns_and_orders_are_chosen_and_exported",),
    "G5 saved searches": (f"{DOCUMENTS}/test_finding.py::test_searches_are_kept_by_their_person",),
    "G6 ordered results": (f"{DOCUMENTS}/test_finding.py::test_other_orders_are_made_of_the_newest",),
    "G7 results as papers": (f"{DESK}/test_finding.py::test_columns_and_orders_are_chosen_and_exported",),
    "G8 download and print": (f"{DESK}/test_books.py::test_every_register_on_the_screen_as_a_paper_and_as_a_sheet",),
    "G9 printed copies marked": (f"{DOCUMENTS}/test_sharing.py::test_printed_copies_are_numbered_and_say_so",),
    "G10 log of access": (f"{DESK}/test_papers.py::test_pages_are_counted_and_the_list_is_for_those_answerable",),
    "H2 all metadata on request": (f"{DESK}/test_papers.py::test_metadata_stand_in_the_order_of_the_law",),
    "H5 fixed links": (f"{DOCUMENTS}/test_outgoing.py::test_a_reply_is_linked_to_what_it_answers_from_both_ends",),
    "I recall": (
        f"{JOURNEYS}/test_document_recalls.py::test_an_agreed_recall_freezes_here_and_destroys_there",
        f"{DOCUMENTS}/test_correcting.py::test_a_correction_is_a_cong_van_and_says_so",
    ),
    "K2 rights": (f"{DESK}/test_incoming.py::test_who_gets_what",),
    "K3 rights follow the post": (f"{SIGNING}/test_certificates.py::test_who_left_the_post_signs_no_more",),
    "K5 frozen sets": (f"{FILES}/test_filing.py::test_a_frozen_set_refuses_everything",),
    "K7 connections": (f"{EXCHANGE}/test_sending.py::test_setting_up_is_the_administrators",),
    "L1 incoming book": (f"{DOCUMENTS}/test_registers.py::test_the_incoming_book_has_its_ten_columns_in_order",),
    "L2 report on incoming": (f"{DESK}/test_statistics.py::test_reports_have_a_line_for_each_unit_and_the_whole",),
    "L3 outgoing book": (f"{DOCUMENTS}/test_registers.py::test_the_outgoing_book_has_its_ten_columns_in_order",),
    "L4 report on outgoing": (f"{DESK}/test_statistics.py::test_reports_have_a_line_for_each_unit_and_the_whole",),
    "L5 index of a file": (f"{DESK}/test_books.py::test_lists_of_work_files_are_printed_with_their_columns",),
    "L6 index of files": (f"{DESK}/test_books.py::test_lists_of_work_files_are_printed_with_their_columns",),
}  # fmt: skip
# Every line there is, by the key in front of its name.
ALL_LINES = (
    *(f"A{n}" for n in range(1, 9)), *(f"B{n}" for n in range(1, 15)), *(f"C{n}" for n in range(1, 4)),
    *(f"D{n}" for n in range(1, 4)), *(f"E{n}" for n in range(1, 8)), *(f"F{n}" for n in range(1, 8)),
    *(f"G{n}" for n in range(1, 11)), *(f"H{n}" for n in range(1, 6)), "I", *(f"K{n}" for n in range(1, 8)),
    *(f"L{n}" for n in range(1, 7)),
)  # fmt: skip

FACTS: dict[int, tuple[str, ...]] = {
    1: (f"{DOCUMENTS}/test_outgoing.py::test_symbols_of_kinds_and_of_cong_van",),
    2: (f"{DOCUMENTS}/test_outgoing.py::test_symbols_of_kinds_and_of_cong_van",),
    3: (f"{DOCUMENTS}/test_outgoing.py::test_series_follow_the_scheme_of_the_agency_and_normative_documents_have_their_own",),
    4: (f"{DOCUMENTS}/test_outgoing.py::test_series_follow_the_scheme_of_the_agency_and_normative_documents_have_their_own",),
    5: (f"{DOCUMENTS}/test_outgoing.py::test_a_number_is_given_once_and_waits_for_a_sealing_that_failed",),
    6: (f"{TYPESET}/test_papers.py::test_dates_and_money_as_the_decree_writes_them",),
    7: (f"{DOCUMENTS}/test_outgoing.py::test_signed_on_the_last_day_and_issued_in_the_new_year_takes_the_new_years_number",),
    8: (f"{DOCUMENTS}/test_registering.py::test_number_of_arrival_is_one_series_of_the_year_whatever_the_channel",),
    9: (f"{DOCUMENTS}/test_registering.py::test_a_number_is_text_and_keeps_its_letter",),
    10: (f"{TYPESET}/test_layout.py::test_quoc_hieu_and_tieu_ngu",
         f"{TYPESET}/test_layout.py::test_page_numbers_stand_in_the_top_margin_and_not_on_page_one"),
    11: (f"{TYPESET}/test_lint.py::test_kinh_gui_only_where_it_belongs",),
    12: (f"{TYPESET}/test_layout.py::test_recipients_are_level_with_the_capacity",),
    13: (f"{TYPESET}/test_layout_parts.py::test_single_annex_has_no_number_and_blanks_in_an_electronic_document",),
    14: (f"{TYPESET}/test_stamps.py::test_signature_is_blue_transparent_and_fits",
         f"{TYPESET}/test_layout.py::test_zones_of_signature_and_seal"),
    15: (f"{TYPESET}/test_stamps.py::test_corner_of_a_separate_annex_is_text_of_ten_points_with_the_zone_of_time",),
    16: (f"{TYPESET}/test_blocks.py::test_points_follow_the_vietnamese_alphabet",),
    17: (f"{TYPESET}/test_layout.py::test_archivable_with_embedded_fonts_and_a_title",
         f"{TYPESET}/test_layout_parts.py::test_decomposed_text_prints_composed"),
    18: (f"{DESK}/test_outgoing.py::test_returned_to_the_head_who_sees_what_to_change",),
    19: (f"{DOCUMENTS}/test_outgoing.py::test_a_draft_becomes_an_original_with_two_valid_signatures",),
    20: (f"{DOCUMENTS}/test_registers.py::test_the_incoming_book_has_its_ten_columns_in_order",
         f"{TYPESET}/test_registers.py::test_columns_stand_in_the_order_of_the_decree"),
    21: (f"{JOURNEYS}/test_document_exchange.py::test_returning_emits_02_with_the_reason",
         f"{EXCHANGE}/test_taking_in.py::test_a_document_is_read_told_and_answered_with_01"),
    22: (f"{DOCUMENTS}/test_directing.py::test_more_lines_may_follow_but_never_a_second_lead",),
    23: (f"{JOURNEYS}/test_document_recalls.py::test_an_agreed_recall_freezes_here_and_destroys_there",),
    24: (f"{DOCUMENTS}/test_correcting.py::test_an_issued_document_cannot_be_edited",
         f"{DOCUMENTS}/test_correcting.py::test_a_correction_is_a_cong_van_and_says_so"),
    25: (f"{DOCUMENTS}/test_copying.py::test_what_the_decree_does_not_know_is_refused",),
    27: (f"{DOCUMENTS}/test_registering.py::test_the_same_document_again_is_refused_until_the_clerk_says_it_is_another",),
    28: (f"{DESK}/test_books.py::test_the_council_keeps_books_of_its_own",
         f"{TYPESET}/test_layout_parts.py::test_party_documents_have_their_own_head"),
    29: (f"{EXCHANGE}/test_writing.py::test_the_spelling_of_the_standard_is_kept",),
    30: (f"{EXCHANGE}/test_reading.py::test_children_may_stand_in_any_order",
         f"{EXCHANGE}/test_reading.py::test_one_zip_is_unpacked_and_office_files_are_left_alone"),
    31: (f"{EXCHANGE}/test_reading.py::test_dates_have_slashes_and_times_are_vietnamese",),
    32: (f"{EXCHANGE}/test_reading.py::test_status_codes_are_two_characters_and_14_is_15",
         f"{EXCHANGE}/test_sending.py::test_13_is_the_senders_alone"),
    33: (f"{EXCHANGE}/test_reading.py::test_swapped_response_for_is_put_right",),
    34: (f"{EXCHANGE}/test_writing.py::test_operations_have_their_codes_and_parts",),
    35: (f"{EXCHANGE}/test_writing.py::test_operations_have_their_codes_and_parts",),
    36: (f"{DOCUMENTS}/test_registering.py::test_a_secret_placeholder_has_no_subject_where_the_agency_allows_it",),
    37: (f"{EXCHANGE}/test_writing.py::test_the_two_dialects_differ_where_partners_do",),
    38: (f"{EXCHANGE}/test_reading.py::test_names_never_lead_out",),
    39: (f"{JOURNEYS}/test_document_checks.py::test_two_valid_signatures_are_no_matter_for_the_clerk_and_their_evidence_is_kept",),
    40: (f"{EXCHANGE}/test_sending.py::test_no_code_is_computed_from_another",),
    41: (f"{EXCHANGE}/test_sending.py::test_a_code_has_thirty_five_signs_and_letters_below",),
    42: (f"{EXCHANGE}/test_taking_in.py::test_an_old_code_of_ours_is_ours",
         f"{EXCHANGE}/test_sending.py::test_an_ended_agency_leads_to_its_only_successor_or_asks"),
    43: (f"{FILES}/test_filing.py::test_closed_digital_files_have_sixty_days_paper_ones_the_next_year",),
    45: (f"{FILES}/test_metadata.py::test_type_codes_are_not_the_order_of_the_decree",),
    46: (f"{DOCUMENTS}/test_outgoing.py::test_a_draft_is_shown_with_a_watermark_that_the_signed_file_does_not_have",),
    47: (f"{FILES}/test_archive.py::test_a_package_is_well_formed_complete_and_the_same_every_time",),
    48: (f"{FILES}/test_archive.py::test_destruction_is_a_council_s_procedure",),
    49: (f"{SIGNING}/test_documents.py::test_no_weak_digest_anywhere",),
    50: (f"{SIGNING}/test_validation.py::test_revoked_after_a_time_stamp_is_still_good",),
    51: (f"{SIGNING}/test_certificates.py::test_what_cannot_be_recorded",
         f"{SIGNING}/test_certificates.py::test_who_may_not_ask"),
    52: (f"{SIGNING}/test_documents.py::test_number_and_seal_leave_the_first_signature_valid",),
    53: (f"{SIGNING}/test_batches.py::test_an_authority_that_takes_two_minutes_is_waited_for_by_the_job_alone",),
    54: (f"{SIGNING}/test_certificates.py::test_only_the_records_clerk_uses_the_agency_key",),
    55: (f"{DOCUMENTS}/test_registering.py::test_choosing_a_secrecy_level_stops_the_upload",),
    56: (f"{EXCHANGE}/test_reading.py::test_samples_are_of_invented_agencies",),
}  # fmt: skip
ALL_FACTS = range(1, 57)
