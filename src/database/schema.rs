//! The tables as diesel sees them: the same on SQLite and PostgreSQL (`migrations/`).
#![expect(missing_docs, reason = "the columns are described by the models of the slices")]

diesel::table! {
    organisation (id) {
        id -> Text,
        kind -> Text,
        name -> Text,
        name_kana -> Text,
        name_key -> Text,
        corporate_number -> Nullable<Text>,
        address -> Text,
        phone -> Text,
        file_key -> Text,
        created_at -> Timestamp,
        version -> Integer,
    }
}

diesel::table! {
    division (tenant_id, id) {
        tenant_id -> Text,
        id -> Text,
        name -> Text,
        email -> Nullable<Text>,
        phone -> Text,
        version -> Integer,
    }
}

diesel::table! {
    person (id) {
        id -> Text,
        email -> Text,
        name -> Text,
        name_kana -> Text,
        password_hash -> Nullable<Text>,
        language -> Text,
        disabled_at -> Nullable<Timestamp>,
        created_at -> Timestamp,
        version -> Integer,
    }
}

diesel::table! {
    membership (tenant_id, id) {
        tenant_id -> Text,
        id -> Text,
        person_id -> Text,
        role -> Text,
        division_id -> Nullable<Text>,
        created_at -> Timestamp,
        ended_at -> Nullable<Timestamp>,
        version -> Integer,
    }
}

diesel::table! {
    session (id) {
        id -> Text,
        person_id -> Text,
        tenant_id -> Text,
        membership_id -> Text,
        created_at -> Timestamp,
        last_seen_at -> Timestamp,
        expires_at -> Timestamp,
        ended_at -> Nullable<Timestamp>,
        method -> Text,
        second_factor_at -> Nullable<Timestamp>,
        stepped_up_at -> Nullable<Timestamp>,
        address -> Text,
        device -> Text,
    }
}

diesel::table! {
    access_rules (tenant_id) {
        tenant_id -> Text,
        idle_minutes -> Integer,
        session_hours -> Integer,
        invitation_days -> Integer,
        handler_second_factor -> Bool,
        four_eyes -> Text,
        version -> Integer,
    }
}

diesel::table! {
    auditor_access (tenant_id, id) {
        tenant_id -> Text,
        id -> Text,
        entrustment_id -> Text,
        membership_id -> Text,
        with_below -> Bool,
        from_on -> Date,
        until_on -> Date,
        purpose -> Text,
        status -> Text,
        asked_by_name -> Text,
        asked_at -> Timestamp,
        decided_by_name -> Text,
        decided_at -> Nullable<Timestamp>,
        reason -> Text,
        ended_by_name -> Text,
        ended_at -> Nullable<Timestamp>,
        version -> Integer,
    }
}

diesel::table! {
    closing_proposal (tenant_id, entrustment_id) {
        tenant_id -> Text,
        entrustment_id -> Text,
        id -> Text,
        findings -> BigInt,
        proposed_by_name -> Text,
        proposed_at -> Timestamp,
    }
}

diesel::table! {
    sign_in_attempt (id) {
        id -> Text,
        account_key -> Text,
        at -> Timestamp,
        network_key -> Text,
    }
}

diesel::table! {
    sign_in (id) {
        id -> Text,
        person_id -> Text,
        tenant_id -> Text,
        membership_id -> Text,
        method -> Text,
        next -> Text,
        created_at -> Timestamp,
        expires_at -> Timestamp,
        used_at -> Nullable<Timestamp>,
    }
}

diesel::table! {
    totp (id) {
        id -> Text,
        person_id -> Text,
        name -> Text,
        seed -> Text,
        last_step -> BigInt,
        created_at -> Timestamp,
        confirmed_at -> Nullable<Timestamp>,
        last_used_at -> Nullable<Timestamp>,
    }
}

diesel::table! {
    recovery_code (id) {
        id -> Text,
        person_id -> Text,
        hash -> Text,
        created_at -> Timestamp,
        used_at -> Nullable<Timestamp>,
    }
}

diesel::table! {
    mailed_link (id) {
        id -> Text,
        person_id -> Text,
        kind -> Text,
        next -> Text,
        created_at -> Timestamp,
        expires_at -> Timestamp,
        used_at -> Nullable<Timestamp>,
    }
}

diesel::table! {
    carried_form (id) {
        id -> Text,
        person_id -> Text,
        membership_id -> Text,
        sealed -> Text,
        expires_at -> Timestamp,
    }
}

diesel::table! {
    known_device (id) {
        id -> Text,
        person_id -> Text,
        device -> Text,
        first_seen_at -> Timestamp,
        last_seen_at -> Timestamp,
    }
}

diesel::table! {
    ledger_head (tenant_id) {
        tenant_id -> Text,
        size -> BigInt,
        frontier -> Text,
    }
}

diesel::table! {
    ledger_entry (tenant_id, sequence) {
        tenant_id -> Text,
        sequence -> BigInt,
        at -> Timestamp,
        actor_id -> Nullable<Text>,
        actor_name -> Text,
        actor_organisation -> Text,
        act -> Text,
        subject_kind -> Text,
        subject_id -> Text,
        entrustment_id -> Nullable<Text>,
        details -> Text,
        leaf_hash -> Text,
    }
}

diesel::table! {
    security_event (id) {
        id -> Text,
        at -> Timestamp,
        tenant_id -> Nullable<Text>,
        kind -> Text,
        category -> Text,
        outcome -> Text,
        person_id -> Nullable<Text>,
        person_name -> Text,
        organisation_name -> Text,
        session -> Text,
        account -> Text,
        address -> Text,
        device -> Text,
        route -> Text,
        request -> Text,
        act -> Text,
        subject_kind -> Text,
        subject_id -> Text,
        subject_name -> Text,
        reason -> Text,
        details -> Text,
        words -> Text,
    }
}

diesel::table! {
    contractor (tenant_id, id) {
        tenant_id -> Text,
        id -> Text,
        organisation_id -> Nullable<Text>,
        kind -> Text,
        name -> Text,
        name_kana -> Text,
        name_key -> Text,
        corporate_number -> Nullable<Text>,
        postcode -> Text,
        address -> Text,
        representative -> Text,
        person_in_charge -> Text,
        person_in_charge_title -> Text,
        email -> Text,
        phone -> Text,
        after_hours_phone -> Text,
        privacy_mark -> Text,
        privacy_mark_until -> Nullable<Date>,
        isms -> Text,
        isms_until -> Nullable<Date>,
        note -> Text,
        created_at -> Timestamp,
        version -> Integer,
    }
}

diesel::table! {
    invitation (tenant_id, id) {
        tenant_id -> Text,
        id -> Text,
        email -> Text,
        name -> Text,
        role -> Text,
        division_id -> Nullable<Text>,
        contractor_id -> Nullable<Text>,
        invited_by -> Nullable<Text>,
        created_at -> Timestamp,
        expires_at -> Timestamp,
        used_at -> Nullable<Timestamp>,
        revoked_at -> Nullable<Timestamp>,
    }
}

diesel::table! {
    entrustment (tenant_id, id) {
        tenant_id -> Text,
        id -> Text,
        contractor_id -> Text,
        division_id -> Text,
        officer_id -> Nullable<Text>,
        number -> Text,
        title -> Text,
        title_key -> Text,
        purpose -> Text,
        fiscal_year -> Integer,
        starts_on -> Date,
        ends_on -> Date,
        erase_by -> Date,
        persons -> BigInt,
        sensitive -> Bool,
        my_number -> Bool,
        handover_way -> Text,
        status -> Text,
        note -> Text,
        rules -> Text,
        clauses -> Text,
        clauses_version -> Integer,
        created_at -> Timestamp,
        version -> Integer,
        closed_at -> Nullable<Timestamp>,
    }
}

diesel::table! {
    data_item (tenant_id, id) {
        tenant_id -> Text,
        id -> Text,
        entrustment_id -> Text,
        position -> Integer,
        name -> Text,
        mark -> Text,
        parent_id -> Nullable<Text>,
        removed_at -> Nullable<Timestamp>,
    }
}

diesel::table! {
    template (tenant_id, id) {
        tenant_id -> Text,
        id -> Text,
        family -> Text,
        template_version -> Integer,
        status -> Text,
        title -> Text,
        body -> Text,
        body_hash -> Text,
        created_at -> Timestamp,
        updated_at -> Timestamp,
        published_at -> Nullable<Timestamp>,
        version -> Integer,
    }
}

diesel::table! {
    frozen_template (hash) {
        hash -> Text,
        body -> Text,
    }
}

diesel::table! {
    dispatch (tenant_id, id) {
        tenant_id -> Text,
        id -> Text,
        frozen_hash -> Text,
        deadline -> Date,
        contact -> Text,
        message -> Text,
        dispatched_by -> Nullable<Text>,
        dispatched_at -> Timestamp,
    }
}

diesel::table! {
    questionnaire (tenant_id, id) {
        tenant_id -> Text,
        id -> Text,
        entrustment_id -> Text,
        dispatch_id -> Text,
        frozen_hash -> Text,
        deadline -> Date,
        status -> Text,
        round -> Integer,
        answered -> Integer,
        questions -> Integer,
        submitted_at -> Nullable<Timestamp>,
        approved_at -> Nullable<Timestamp>,
        created_at -> Timestamp,
        version -> Integer,
    }
}

diesel::table! {
    answer (tenant_id, id) {
        tenant_id -> Text,
        id -> Text,
        questionnaire_id -> Text,
        question_id -> Text,
        round -> Integer,
        value -> Text,
        remark -> Text,
        from_last_year -> Bool,
        answered_by -> Nullable<Text>,
        answered_by_name -> Text,
        answered_at -> Timestamp,
        decision -> Nullable<Text>,
        comment -> Text,
        decided_by_name -> Text,
        decided_at -> Nullable<Timestamp>,
        version -> Integer,
    }
}

diesel::table! {
    evidence (tenant_id, id) {
        tenant_id -> Text,
        id -> Text,
        questionnaire_id -> Text,
        question_id -> Text,
        round -> Integer,
        file_name -> Text,
        media_type -> Text,
        size -> BigInt,
        sha256 -> Text,
        object -> Text,
        added_by_name -> Text,
        added_at -> Timestamp,
        removed_at -> Nullable<Timestamp>,
    }
}

diesel::table! {
    attestation (tenant_id, id) {
        tenant_id -> Text,
        id -> Text,
        questionnaire_id -> Text,
        round -> Integer,
        clauses -> Text,
        clauses_version -> Integer,
        exceptions -> Text,
        questions_hash -> Text,
        answers_hash -> Text,
        evidence_hash -> Text,
        clauses_hash -> Text,
        binding_hash -> Text,
        name -> Text,
        title -> Text,
        person_id -> Nullable<Text>,
        attested_at -> Timestamp,
    }
}

diesel::table! {
    mail (id) {
        id -> Text,
        tenant_id -> Nullable<Text>,
        kind -> Text,
        to_address -> Text,
        to_name -> Text,
        language -> Text,
        subject -> Text,
        text_body -> Text,
        html_body -> Text,
        message_id -> Text,
        status -> Text,
        attempts -> Integer,
        next_attempt_at -> Timestamp,
        leased_until -> Nullable<Timestamp>,
        sent_at -> Nullable<Timestamp>,
        last_error -> Nullable<Text>,
        created_at -> Timestamp,
    }
}

diesel::table! {
    job (id) {
        id -> Text,
        tenant_id -> Nullable<Text>,
        kind -> Text,
        unique_key -> Text,
        payload -> Text,
        run_at -> Timestamp,
        leased_until -> Nullable<Timestamp>,
        attempts -> Integer,
        done_at -> Nullable<Timestamp>,
        last_error -> Nullable<Text>,
        created_at -> Timestamp,
    }
}

diesel::table! {
    record (tenant_id, id) {
        tenant_id -> Text,
        id -> Text,
        entrustment_id -> Text,
        issued_at -> Timestamp,
        issued_by_name -> Text,
        state_hash -> Text,
        sha256 -> Text,
        size -> BigInt,
        pages -> Integer,
        ledger_size -> BigInt,
        object -> Text,
    }
}

diesel::table! {
    entrustment_ancestor (tenant_id, entrustment_id, ancestor_id) {
        tenant_id -> Text,
        entrustment_id -> Text,
        ancestor_id -> Text,
        contractor_id -> Text,
        distance -> Integer,
    }
}

diesel::table! {
    attachment (tenant_id, id) {
        tenant_id -> Text,
        id -> Text,
        entrustment_id -> Text,
        subject_kind -> Text,
        subject_id -> Text,
        file_name -> Text,
        media_type -> Text,
        size -> BigInt,
        sha256 -> Text,
        object -> Text,
        added_by_name -> Text,
        added_at -> Timestamp,
        removed_at -> Nullable<Timestamp>,
    }
}

diesel::table! {
    handler (tenant_id, id) {
        tenant_id -> Text,
        id -> Text,
        entrustment_id -> Text,
        person_id -> Nullable<Text>,
        name -> Text,
        name_kana -> Text,
        name_key -> Text,
        email -> Text,
        duty -> Text,
        temporary -> Bool,
        pledged_on -> Nullable<Date>,
        starts_on -> Date,
        ends_on -> Nullable<Date>,
        returned_on -> Nullable<Date>,
        return_note -> Text,
        note -> Text,
        created_at -> Timestamp,
        version -> Integer,
    }
}

diesel::table! {
    training (tenant_id, id) {
        tenant_id -> Text,
        id -> Text,
        handler_id -> Text,
        held_on -> Date,
        content -> Text,
        entered_by_name -> Text,
        entered_at -> Timestamp,
    }
}

diesel::table! {
    disposal (tenant_id, id) {
        tenant_id -> Text,
        id -> Text,
        entrustment_id -> Text,
        position -> Integer,
        holdings -> Text,
        kind -> Text,
        method -> Text,
        method_note -> Text,
        quantity -> Text,
        device_number -> Text,
        done_on -> Date,
        responsible -> Text,
        performed_by -> Text,
        witness -> Text,
        backups -> Text,
        subs -> Text,
        outside_certificate -> Text,
        retained_reason -> Text,
        retained_until -> Nullable<Date>,
        status -> Text,
        attested_name -> Text,
        attested_title -> Text,
        attested_at -> Nullable<Timestamp>,
        attested_hash -> Text,
        decided_by_name -> Text,
        decided_at -> Nullable<Timestamp>,
        comment -> Text,
        drafted_by_name -> Text,
        created_at -> Timestamp,
        version -> Integer,
    }
}

diesel::table! {
    holding (tenant_id, id) {
        tenant_id -> Text,
        id -> Text,
        entrustment_id -> Text,
        position -> Integer,
        kind -> Text,
        source_id -> Nullable<Text>,
        holder -> Text,
        items -> Text,
        persons -> BigInt,
        place -> Text,
        place_detail -> Text,
        provider -> Text,
        plan -> Text,
        country -> Text,
        access_countries -> Text,
        medium -> Text,
        system -> Text,
        encryption -> Text,
        handlers -> Text,
        backups -> Text,
        starts_on -> Date,
        until_on -> Nullable<Date>,
        status -> Text,
        ended_on -> Nullable<Date>,
        disposal_id -> Nullable<Text>,
        successor_id -> Nullable<Text>,
        exceptions -> Text,
        entered_by_name -> Text,
        created_at -> Timestamp,
        version -> Integer,
    }
}

diesel::table! {
    recipient (tenant_id, id) {
        tenant_id -> Text,
        id -> Text,
        entrustment_id -> Text,
        kind -> Text,
        name -> Text,
        name_key -> Text,
        address -> Text,
        purpose -> Text,
        items -> Text,
        persons_limit -> Nullable<BigInt>,
        until_on -> Nullable<Date>,
        status -> Text,
        reason -> Text,
        proposed_by_name -> Text,
        decided_by_name -> Text,
        decided_at -> Nullable<Timestamp>,
        created_at -> Timestamp,
        version -> Integer,
    }
}

diesel::table! {
    transmission (tenant_id, id) {
        tenant_id -> Text,
        id -> Text,
        entrustment_id -> Text,
        position -> Integer,
        sent_at -> Timestamp,
        sender -> Text,
        sender_address -> Text,
        handler_id -> Nullable<Text>,
        receivers -> Text,
        way -> Text,
        items -> Text,
        persons -> BigInt,
        protection -> Text,
        key_way -> Text,
        checked_by -> Text,
        purpose -> Text,
        description -> Text,
        content_hash -> Text,
        entered_by -> Text,
        entered_by_name -> Text,
        confirmation -> Text,
        confirmed_by_name -> Text,
        confirmed_at -> Nullable<Timestamp>,
        confirmation_note -> Text,
        reminded -> Integer,
        exceptions -> Text,
        created_at -> Timestamp,
        version -> Integer,
    }
}

diesel::table! {
    finding (tenant_id, id) {
        tenant_id -> Text,
        id -> Text,
        entrustment_id -> Text,
        position -> Integer,
        source -> Text,
        subject_kind -> Text,
        subject_id -> Text,
        rule -> Text,
        title -> Text,
        detail -> Text,
        reason -> Text,
        severity -> Text,
        grade -> Integer,
        status -> Text,
        owner_name -> Text,
        due_on -> Date,
        root_cause -> Text,
        action -> Text,
        action_on -> Nullable<Date>,
        answered_by_name -> Text,
        answered_at -> Nullable<Timestamp>,
        rounds -> Text,
        effect -> Text,
        outcome -> Text,
        mended_at -> Nullable<Timestamp>,
        closed_by_name -> Text,
        closed_at -> Nullable<Timestamp>,
        reminded -> Integer,
        raised_by_name -> Text,
        raised_at -> Timestamp,
        version -> Integer,
        english -> Text,
    }
}

diesel::table! {
    incident (tenant_id, id) {
        tenant_id -> Text,
        id -> Text,
        entrustment_id -> Text,
        position -> Integer,
        kind -> Text,
        summary -> Text,
        occurred_at -> Nullable<Timestamp>,
        known_at -> Timestamp,
        known_side -> Text,
        known_by -> Text,
        persons -> Nullable<Integer>,
        counted -> Text,
        recipients -> Text,
        status -> Text,
        reported_side -> Text,
        reported_by_name -> Text,
        reported_at -> Timestamp,
        notified_at -> Nullable<Timestamp>,
        opened_at -> Nullable<Timestamp>,
        opened_by_name -> Text,
        escalated_at -> Nullable<Timestamp>,
        facts -> Text,
        handover_id -> Nullable<Text>,
        delivery_id -> Nullable<Text>,
        transmission_id -> Nullable<Text>,
        closed_at -> Nullable<Timestamp>,
        closed_by_name -> Text,
        closing_note -> Text,
        version -> Integer,
    }
}

diesel::table! {
    incident_assessment (tenant_id, id) {
        tenant_id -> Text,
        id -> Text,
        incident_id -> Text,
        position -> Integer,
        assessed_at -> Timestamp,
        by_name -> Text,
        cause -> Text,
        facts -> Text,
        result -> Text,
        rules_from -> Nullable<Date>,
    }
}

diesel::table! {
    incident_cause (tenant_id, incident_id) {
        tenant_id -> Text,
        incident_id -> Text,
        whys -> Text,
        root -> Text,
        summary -> Text,
        recorded_by_name -> Text,
        recorded_at -> Timestamp,
        asked -> Integer,
        asked_at -> Nullable<Timestamp>,
        version -> Integer,
    }
}

diesel::table! {
    incident_decision (tenant_id, id) {
        tenant_id -> Text,
        id -> Text,
        incident_id -> Text,
        position -> Integer,
        side -> Text,
        step -> Text,
        verdict -> Text,
        computed -> Text,
        assessment -> Integer,
        reason -> Text,
        note -> Text,
        by_name -> Text,
        decided_at -> Timestamp,
    }
}

diesel::table! {
    incident_entry (tenant_id, id) {
        tenant_id -> Text,
        id -> Text,
        incident_id -> Text,
        position -> Integer,
        happened_at -> Timestamp,
        entered_at -> Timestamp,
        kind -> Text,
        act -> Text,
        details -> Text,
        text -> Text,
        by_name -> Text,
    }
}

diesel::table! {
    incident_filing (tenant_id, id) {
        tenant_id -> Text,
        id -> Text,
        incident_id -> Text,
        position -> Integer,
        report -> Text,
        side -> Text,
        joint -> Bool,
        authority -> Text,
        receipt -> Text,
        filed_at -> Timestamp,
        items -> Text,
        facts -> Text,
        entered_by_name -> Text,
        entered_at -> Timestamp,
    }
}

diesel::table! {
    incident_group (tenant_id, id) {
        tenant_id -> Text,
        id -> Text,
        incident_id -> Text,
        position -> Integer,
        label -> Text,
        data -> Text,
        persons -> Integer,
        way -> Text,
        place -> Text,
        reason -> Text,
        notice -> Text,
        sent -> Integer,
        returned -> Integer,
        inquiries -> Integer,
        settled -> Integer,
        yen -> BigInt,
        version -> Integer,
    }
}

diesel::table! {
    incident_group_entry (tenant_id, id) {
        tenant_id -> Text,
        id -> Text,
        group_id -> Text,
        position -> Integer,
        kind -> Text,
        happened_on -> Date,
        sent -> Integer,
        returned -> Integer,
        inquiries -> Integer,
        settled -> Integer,
        yen -> BigInt,
        note -> Text,
        entered_by_name -> Text,
        entered_at -> Timestamp,
    }
}

diesel::table! {
    incident_manual (tenant_id, id) {
        tenant_id -> Text,
        id -> Text,
        version_no -> Integer,
        steps -> Text,
        drafted_by_name -> Text,
        drafted_at -> Timestamp,
        published_by_name -> Text,
        published_at -> Nullable<Timestamp>,
        version -> Integer,
    }
}

diesel::table! {
    incident_report (tenant_id, incident_id) {
        tenant_id -> Text,
        incident_id -> Text,
        items -> Text,
        changed_by_name -> Text,
        changed_at -> Timestamp,
        version -> Integer,
    }
}

diesel::table! {
    incident_step (tenant_id, id) {
        tenant_id -> Text,
        id -> Text,
        incident_id -> Text,
        position -> Integer,
        manual_id -> Nullable<Text>,
        manual_version -> Integer,
        section -> Text,
        side -> Text,
        assignee_name -> Text,
        what -> Text,
        how -> Text,
        due_at -> Timestamp,
        status -> Text,
        done_at -> Nullable<Timestamp>,
        note -> Text,
        settled_at -> Nullable<Timestamp>,
        settled_by_name -> Text,
        reminded_at -> Nullable<Timestamp>,
        version -> Integer,
        page -> Nullable<Text>,
    }
}

diesel::table! {
    incident_wrong_answer (tenant_id, id) {
        tenant_id -> Text,
        id -> Text,
        incident_id -> Text,
        recipient_id -> Text,
        position -> Integer,
        answered_at -> Timestamp,
        seen -> Text,
        kept -> Text,
        passed_on -> Text,
        way -> Text,
        by_name -> Text,
        note -> Text,
        agreement -> Text,
        agreement_sha256 -> Text,
        entered_by_name -> Text,
        entered_at -> Timestamp,
    }
}

diesel::table! {
    incident_wrong_recipient (tenant_id, id) {
        tenant_id -> Text,
        id -> Text,
        incident_id -> Text,
        position -> Integer,
        side -> Text,
        name -> Text,
        email -> Text,
        phone -> Text,
        way -> Text,
        copies -> Nullable<Integer>,
        note -> Text,
        registered_by_name -> Text,
        registered_at -> Timestamp,
        asked_at -> Nullable<Timestamp>,
        asked_way -> Nullable<Text>,
        asked_by_name -> Text,
        waiting_since -> Nullable<Timestamp>,
        reminded -> Integer,
        answered_at -> Nullable<Timestamp>,
        seen -> Text,
        kept -> Text,
        passed_on -> Text,
        link_sha256 -> Text,
        link_sent_at -> Nullable<Timestamp>,
        link_expires_at -> Nullable<Timestamp>,
        link_used_at -> Nullable<Timestamp>,
        closed_at -> Nullable<Timestamp>,
        closed_by_name -> Text,
        closed_reason -> Text,
        version -> Integer,
    }
}

diesel::table! {
    sub_application (tenant_id, id) {
        tenant_id -> Text,
        id -> Text,
        entrustment_id -> Text,
        position -> Integer,
        name -> Text,
        name_kana -> Text,
        corporate_number -> Text,
        address -> Text,
        representative -> Text,
        email -> Text,
        phone -> Text,
        reason -> Text,
        scope -> Text,
        items -> Text,
        persons -> BigInt,
        starts_on -> Date,
        ends_on -> Date,
        place -> Text,
        country -> Text,
        safety -> Text,
        supervision -> Text,
        further -> Text,
        status -> Text,
        conditions -> Text,
        permitted_until -> Nullable<Date>,
        applied_by_name -> Text,
        decided_by_name -> Text,
        decided_at -> Nullable<Timestamp>,
        child_id -> Nullable<Text>,
        created_at -> Timestamp,
        version -> Integer,
    }
}

diesel::table! {
    inspection (tenant_id, id) {
        tenant_id -> Text,
        id -> Text,
        entrustment_id -> Text,
        fiscal_year -> Integer,
        planned_on -> Date,
        method -> Text,
        method_reason -> Text,
        inspector -> Text,
        attendant -> Text,
        held_at -> Nullable<Timestamp>,
        seen -> Text,
        checklist -> Text,
        result -> Text,
        comment -> Text,
        mend_by -> Nullable<Date>,
        answer -> Text,
        answered_by_name -> Text,
        answered_at -> Nullable<Timestamp>,
        status -> Text,
        closed_by_name -> Text,
        closed_at -> Nullable<Timestamp>,
        created_at -> Timestamp,
        version -> Integer,
    }
}

diesel::table! {
    near_miss (tenant_id, id) {
        tenant_id -> Text,
        id -> Text,
        organisation_id -> Text,
        principal_id -> Nullable<Text>,
        entrustment_id -> Nullable<Text>,
        contractor_id -> Nullable<Text>,
        handover_id -> Nullable<Text>,
        side -> Text,
        kind -> Text,
        occurred_on -> Date,
        what -> Text,
        stopped_by -> Text,
        cause -> Text,
        anonymous -> Bool,
        reported_by_name -> Text,
        reported_on -> Date,
    }
}

diesel::table! {
    near_miss_lesson (tenant_id, id) {
        tenant_id -> Text,
        id -> Text,
        title -> Text,
        text -> Text,
        kinds -> Text,
        published_by_name -> Text,
        published_at -> Timestamp,
        withdrawn_at -> Nullable<Timestamp>,
    }
}

diesel::table! {
    near_miss_lesson_source (tenant_id, lesson_id, near_miss_id) {
        tenant_id -> Text,
        lesson_id -> Text,
        near_miss_id -> Text,
    }
}

diesel::table! {
    import (tenant_id, id) {
        tenant_id -> Text,
        id -> Text,
        kind -> Text,
        entrustment_id -> Nullable<Text>,
        person_id -> Nullable<Text>,
        file_name -> Text,
        rows -> Integer,
        faults -> Integer,
        object -> Text,
        status -> Text,
        created_at -> Timestamp,
        version -> Integer,
    }
}

diesel::table! {
    api_token (tenant_id, id) {
        tenant_id -> Text,
        id -> Text,
        membership_id -> Text,
        name -> Text,
        scopes -> Text,
        hash -> Text,
        hint -> Text,
        made_by_name -> Text,
        created_at -> Timestamp,
        expires_at -> Timestamp,
        last_used_at -> Nullable<Timestamp>,
        revoked_at -> Nullable<Timestamp>,
        revoked_by_name -> Text,
        expired_at -> Nullable<Timestamp>,
    }
}

diesel::table! {
    passkey (id) {
        id -> Text,
        person_id -> Text,
        credential_id -> Text,
        name -> Text,
        credential -> Text,
        created_at -> Timestamp,
        last_used_at -> Nullable<Timestamp>,
    }
}

diesel::table! {
    ceremony (id) {
        id -> Text,
        kind -> Text,
        bound_to -> Text,
        state -> Text,
        expires_at -> Timestamp,
    }
}

diesel::table! {
    identity_provider (tenant_id) {
        tenant_id -> Text,
        issuer -> Text,
        client_id -> Text,
        client_secret -> Text,
        scopes -> Text,
        email_claim -> Text,
        strong -> Text,
        password_off -> Bool,
        version -> Integer,
    }
}

diesel::table! {
    identity_domain (tenant_id, domain) {
        tenant_id -> Text,
        domain -> Text,
    }
}

diesel::table! {
    identity (tenant_id, id) {
        tenant_id -> Text,
        id -> Text,
        person_id -> Text,
        issuer -> Text,
        subject -> Text,
        created_at -> Timestamp,
        last_used_at -> Timestamp,
    }
}

diesel::joinable!(session -> person (person_id));
diesel::joinable!(membership -> person (person_id));

diesel::table! {
    handover (tenant_id, id) {
        tenant_id -> Text,
        id -> Text,
        entrustment_id -> Text,
        position -> Integer,
        direction -> Text,
        sender -> Text,
        purpose -> Text,
        message -> Text,
        items -> Text,
        valid_days -> Integer,
        downloads -> Integer,
        status -> Text,
        request_id -> Nullable<Text>,
        created_by_name -> Text,
        created_at -> Timestamp,
        seal -> Text,
        proposed_by_name -> Text,
        proposed_at -> Nullable<Timestamp>,
        decided_by_name -> Text,
        decided_at -> Nullable<Timestamp>,
        decision_reason -> Text,
        release_at -> Nullable<Timestamp>,
        sent_at -> Nullable<Timestamp>,
        valid_until -> Nullable<Timestamp>,
        recalled_by_name -> Text,
        recalled_at -> Nullable<Timestamp>,
        recall_reason -> Text,
        ended_at -> Nullable<Timestamp>,
        version -> Integer,
    }
}

diesel::table! {
    handover_delivery (tenant_id, id) {
        tenant_id -> Text,
        id -> Text,
        handover_id -> Text,
        position -> Integer,
        party -> Text,
        recipient_id -> Nullable<Text>,
        below_id -> Nullable<Text>,
        name -> Text,
        address -> Text,
        code -> Text,
        guesses -> Integer,
        opened_at -> Nullable<Timestamp>,
        received_at -> Nullable<Timestamp>,
        received_by_name -> Text,
        refused_at -> Nullable<Timestamp>,
        transmission_id -> Nullable<Text>,
        deletion -> Text,
        deletion_asked_at -> Nullable<Timestamp>,
        deletion_answered_at -> Nullable<Timestamp>,
        deletion_answered_by_name -> Text,
        deletion_note -> Text,
        reminded -> Integer,
        version -> Integer,
    }
}

diesel::table! {
    handover_file (tenant_id, id) {
        tenant_id -> Text,
        id -> Text,
        handover_id -> Text,
        delivery_id -> Nullable<Text>,
        position -> Integer,
        name -> Text,
        media_type -> Text,
        size -> BigInt,
        received -> BigInt,
        sha256 -> Text,
        hash_state -> Text,
        wrapped_key -> Text,
        state -> Text,
        contents -> Text,
        checked_at -> Nullable<Timestamp>,
        source_id -> Nullable<Text>,
        created_by_name -> Text,
        created_at -> Timestamp,
        destroyed_at -> Nullable<Timestamp>,
    }
}

diesel::table! {
    handover_part (tenant_id, file_id, start) {
        tenant_id -> Text,
        file_id -> Text,
        start -> BigInt,
        size -> BigInt,
        object -> Text,
    }
}

diesel::table! {
    handover_stop (tenant_id, id) {
        tenant_id -> Text,
        id -> Text,
        handover_id -> Text,
        entrustment_id -> Text,
        file_id -> Nullable<Text>,
        delivery_id -> Nullable<Text>,
        stop -> Text,
        what -> Text,
        found_at -> Timestamp,
        mended_at -> Nullable<Timestamp>,
        reason -> Text,
        reason_by_name -> Text,
    }
}

diesel::table! {
    handover_share (tenant_id, delivery_id, file_id) {
        tenant_id -> Text,
        delivery_id -> Text,
        file_id -> Text,
        downloads_left -> Integer,
    }
}

diesel::table! {
    handover_download (tenant_id, id) {
        tenant_id -> Text,
        id -> Text,
        delivery_id -> Text,
        file_id -> Text,
        started_at -> Timestamp,
        by_name -> Text,
        bound_to -> Text,
        reached -> BigInt,
        handed_out -> BigInt,
        ranges -> Text,
        completed_at -> Nullable<Timestamp>,
    }
}

diesel::table! {
    handover_request (tenant_id, id) {
        tenant_id -> Text,
        id -> Text,
        entrustment_id -> Text,
        position -> Integer,
        asked -> Text,
        purpose -> Text,
        message -> Text,
        items -> Text,
        due_on -> Nullable<Date>,
        status -> Text,
        asked_by_name -> Text,
        asked_at -> Timestamp,
        settled_by_name -> Text,
        settled_at -> Nullable<Timestamp>,
        reminded -> Integer,
        version -> Integer,
    }
}

diesel::allow_tables_to_appear_in_same_query!(
    organisation,
    division,
    person,
    membership,
    session,
    access_rules,
    auditor_access,
    closing_proposal,
    sign_in_attempt,
    sign_in,
    totp,
    recovery_code,
    mailed_link,
    carried_form,
    known_device,
    ledger_head,
    ledger_entry,
    security_event,
    contractor,
    invitation,
    entrustment,
    data_item,
    template,
    frozen_template,
    dispatch,
    questionnaire,
    answer,
    evidence,
    attestation,
    mail,
    job,
    record,
    entrustment_ancestor,
    attachment,
    handler,
    training,
    disposal,
    holding,
    recipient,
    transmission,
    finding,
    sub_application,
    inspection,
    near_miss,
    near_miss_lesson,
    near_miss_lesson_source,
    import,
    api_token,
    passkey,
    ceremony,
    identity_provider,
    identity_domain,
    identity,
    handover,
    handover_delivery,
    handover_file,
    handover_part,
    handover_stop,
    handover_share,
    handover_download,
    handover_request,
    incident,
    incident_assessment,
    incident_cause,
    incident_decision,
    incident_entry,
    incident_filing,
    incident_group,
    incident_group_entry,
    incident_manual,
    incident_report,
    incident_step,
    incident_wrong_answer,
    incident_wrong_recipient,
);

// Columns of different tables by which the overviews gather together.
diesel::allow_columns_to_appear_in_same_group_by_clause!(
    entrustment_ancestor::tenant_id,
    entrustment::contractor_id
);
diesel::allow_columns_to_appear_in_same_group_by_clause!(
    entrustment_ancestor::contractor_id,
    entrustment::contractor_id
);
diesel::allow_columns_to_appear_in_same_group_by_clause!(entrustment::tenant_id, holding::country);
diesel::allow_columns_to_appear_in_same_group_by_clause!(
    entrustment::contractor_id,
    holding::country
);
diesel::allow_columns_to_appear_in_same_group_by_clause!(
    entrustment::tenant_id,
    transmission::sender
);
diesel::allow_columns_to_appear_in_same_group_by_clause!(
    entrustment::contractor_id,
    transmission::sender
);
diesel::allow_columns_to_appear_in_same_group_by_clause!(entrustment::tenant_id, transmission::way);
diesel::allow_columns_to_appear_in_same_group_by_clause!(
    entrustment::contractor_id,
    transmission::way
);
diesel::allow_columns_to_appear_in_same_group_by_clause!(
    entrustment::tenant_id,
    transmission::receivers
);
diesel::allow_columns_to_appear_in_same_group_by_clause!(
    entrustment::contractor_id,
    transmission::receivers
);
